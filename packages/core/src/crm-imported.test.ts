import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { followed, packOf, someone, testCrm } from './hospital.fixture.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

/** On 20 March the hospital takes over what its old system knew: a discharge of the 2nd, one call made, one not. */
const takenOver = async (imported: boolean) => {
  const announcements = [
    { plan: 'three', tier: 3, template: 'follow-up.visit-announced', grade: 'ordinary' as const },
  ]
  const spotChecks = [{ tier: 1, rate: 1, role: 'call-centre' }]
  const made = await testCrm({ at: at(20), pack: packOf({ announcements, spotChecks }) })
  const patient = await someone(made.crm, '1')
  const history = imported ? ({ imported: true } as const) : {}
  await made.crm.encounters.discharge('V1', {
    ...{ patient, at: at(2, 9), attending: 'li', ...history },
  })
  await made.crm.followUps.recordContacts([
    { visit: 'V1', role: 'attending', at: at(4), result: 'completed', by: 'li', ...history },
  ])
  const told = async () =>
    (await made.store.log('main'))
      .filter(({ type }) => type === 'message.asked' || type === 'spot-check.asked')
      .map(({ key: { id } }) => id)
  return { ...made, patient, told }
}

describe('imported history', () => {
  it('is judged as it happened, and nobody is told of it however long it is worked on', async () => {
    const made = await takenOver(true)
    for (const day of [20, 22, 26, 33, 40]) {
      made.clock.set(at(day))
      await made.crm.work()
    }
    const { tasks } = await followed(made.crm, made.patient)
    expect(tasks.map(({ tier, state, timeliness }) => [tier, state, timeliness])).toEqual([
      [1, 'completed', 'on-time'],
      [2, 'overdue', null],
      [3, 'overdue', null],
    ])
    expect(await made.told()).toEqual([])
  })

  it('would be told of if it had not been imported', async () => {
    const made = await takenOver(false)
    await made.crm.work()
    expect((await made.told()).length).toBeGreaterThan(3)
  })

  it('may come by a feed that nobody waits for, and a later correction of it is as silent', async () => {
    const made = await testCrm({ at: at(20) })
    const identifiers = [{ type: 'MR', authority: 'H', value: '1' }]
    const event = (source: string, key: string, dischargedAt: string, imported?: true) => ({
      kind: 'event' as const,
      event: {
        ...{ source, key, occurredAt: dischargedAt, type: 'discharged' as const },
        hash: createHash('sha256').update(key).digest('hex'),
        person: { identifiers },
        visit: {
          number: 'V1',
          class: 'inpatient' as const,
          dischargedAt,
          attending: { code: 'li' },
        },
        ...(imported && { imported }),
      },
    })
    await made.crm.intakes.take([event('old system', '1', at(10), true)])
    made.clock.set(at(24))
    await made.crm.work()
    await made.crm.intakes.take([event('HIS', '2', at(11))])
    await made.crm.work()
    const [first] = (await made.crm.followUps.list()).items
    const tasks = first?.state.status === 'followed' ? first.state.tasks : []
    expect(tasks.map(({ due, imported }) => [due, imported])[0]).toEqual(['2026-03-18', true])
    const log = await made.store.log('main')
    const asked = log.flatMap(({ type, key }) => (type === 'message.asked' ? [key.id] : []))
    expect(asked.filter((id) => !id.startsWith('silence:HIS'))).toEqual([])
  })
})
