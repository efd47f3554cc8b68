import type { Crm } from '@hospital-crm/core'
import type { Bench } from './measure.ts'
import type { OpenDatabase } from './yardstick/database.ts'
import { withSides } from './yardstick/sides.ts'

/** A patient is registered, discharged and called: three commands, each given when the one before is answered. */
const careFor = async (crm: Crm, nth: number) => {
  const number = String(nth).padStart(6, '0')
  const { id: patient } = await crm.patients.register({
    identifiers: [{ type: 'MR', authority: 'BENCH', value: `P${number}` }],
    name: `王某${nth}`,
    birthDate: '1950-06-01',
    phones: [`1540000${number.slice(-4)}`],
  })
  await crm.encounters.discharge(`V${number}`, {
    patient,
    at: '2026-03-01T02:00:00Z',
    disposition: '1',
    department: 'cardiology',
    attending: `D${nth % 40}`,
  })
  await crm.followUps.recordContact({
    visit: `V${number}`,
    role: 'attending',
    at: '2026-03-02T01:00:00Z',
    result: 'completed',
  })
}

/** One command after another, each durable before the next, against the same rows by the bare driver. */
export const commands =
  (open: OpenDatabase, goal: number): Bench =>
  ({ quick, measure }) =>
    withSides(open, async ({ crm, handOver, theirs, expectSame }) => {
      const patients = 10
      let nth = 0
      const care = async (count: number) => {
        for (const until = nth + count; nth < until; nth += 1) await careFor(crm, nth)
      }
      // As many as it takes until the engine has compiled what they run through.
      const check = async () => {
        await care(quick ? 20 : 200)
        handOver()
        await theirs()
        await expectSame()
      }
      await measure({
        name: 'register, discharge, record a contact',
        yardstick: 'bare driver, the same rows',
        tells: 'speed',
        goal,
        time: 'wall',
        count: patients * 3,
        unit: 'commands',
        check,
        ours: () => care(patients),
        handOver,
        theirs,
      })
      await expectSame()
    })
