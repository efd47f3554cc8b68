import { deepStrictEqual } from 'node:assert/strict'
import { type Crm, createCrm } from '@hospital-crm/core'
import {
  cnStrict,
  RulePack,
  xuzhouPack,
  yangzhouAttribution,
  yangzhouMarketerTerms,
} from '@hospital-crm/rules'
import type { Bench } from './measure.ts'

const [reps, visitsOfRep] = [100, 10] as const
const [february, march] = ['2026-02', '2026-03'] as const

const pack = RulePack.parse({
  ...xuzhouPack,
  attribution: yangzhouAttribution,
  compliance: { profile: cnStrict, staff: { representative: 'own-marketer' } },
  commission: {
    from: february,
    terms: [yangzhouMarketerTerms],
    staff: { representative: 'yangzhou-marketer' },
    approvals: [{ step: 'finance', role: 'finance' }],
  },
})
const treatment = { category: 'treatment', payer: 'self-pay' } as const
const day = '2026-02-10'
const instant = (time: string) => `${day}T${time}:00Z`

/** A visit that a representative announced, with so many lines on its bill. */
const bring = async (crm: Crm, visit: string, rep: string, lines: number) => {
  const identifiers = [{ type: 'MR', authority: 'BENCH', value: visit }]
  const { id: patient } = await crm.patients.register({ identifiers })
  const touch = await crm.referrals.record({
    ...{ kind: 'call-ahead', rep, patient, at: instant('00:00') },
  })
  await crm.encounters.admit(visit, { patient, at: instant('02:00'), class: 'outpatient' })
  await crm.referrals.confirm(touch.id, { desk: 'triage-desk', visit })
  const charges = Array.from({ length: lines }, (_, nth) => {
    return { ...treatment, id: `c${nth}`, occurredOn: day, amount: 10_000 + nth }
  })
  await crm.charges.post(visit, charges)
}

/** A hospital whose month has so many lines of a hundred representatives; it is settled where asked. */
const openMonth = async (lines: number, isSettled: boolean) => {
  let now = new Date(instant('01:00'))
  const crm = createCrm({ clock: { now: () => now } })
  await crm.hospitals.open({ name: 'Bench', zone: 'Asia/Shanghai', pack })
  for (let rep = 0; rep < reps; rep += 1) {
    await crm.staff.enrol(`R${rep}`, { roles: ['representative'] })
    for (let nth = 0; nth < visitsOfRep; nth += 1) {
      await bring(crm, `V${rep}-${nth}`, `R${rep}`, lines / reps / visitsOfRep)
    }
  }
  now = new Date('2026-03-20T02:00:00Z')
  const as = (id: string) => crm.for({ actor: { id, roles: ['admin'] } })
  const rule = 'own-marketer-commission'
  const opinion = { author: 'Law firm', document: 'opinion of 2026' }
  const said = { rule, opinion, validUntil: '2027-01-01T00:00:00Z' }
  await as('director').releases.propose('opinion', { ...said, role: 'director' })
  await as('counsel').releases.confirm('opinion', { role: 'legal' })
  if (isSettled) {
    const { hash } = await crm.settlements.draft(february)
    await as('cashier').settlements.approve(february, { step: 'finance', hash })
    await crm.settlements.freeze(february, { hash })
  }
  now = new Date('2026-04-02T02:00:00Z')
  let refunds = 0
  const month = isSettled ? march : february
  /** One refund of February comes, and the month that is open is drafted with it. */
  const refund = async () => {
    refunds += 1
    const id = `r${refunds}`
    const [rep, line] = [refunds % reps, Math.floor(refunds / reps)]
    const taken = { ...treatment, id, refundOf: `c${line}`, occurredOn: day, amount: -5000 }
    await crm.charges.post(`V${rep}-0`, [taken])
    await crm.settlements.draft(month)
    return `R${rep}`
  }
  const statementOf = async (payee: string, of: string) =>
    (await crm.settlements.statement(of, { role: 'rep', payee })).statement
  return { refund, statementOf }
}

/** A refund that comes after its month was settled, among ever so many lines that it does not touch. */
export const refund: Bench = async ({ quick, measure, progress }) => {
  const lines = quick ? 10_000 : 100_000
  progress(`settling a month of ${lines.toLocaleString('en')} lines`)
  const settled = await openMonth(lines, true)
  const open = await openMonth(lines, false)
  await measure({
    name: `a late refund into a settled month of ${lines.toLocaleString('en')} lines`,
    yardstick: 'one into the month while it is open, all rated anew',
    tells: 'speed',
    rounds: 9,
    count: 1,
    unit: 'refunds',
    time: 'processor',
    check: async () => {
      const payee = await settled.refund()
      await open.refund()
      const { due, sections } = await settled.statementOf(payee, march)
      // What is due later is the difference of the two ratings, to the fen, and nobody else is rated anew.
      const [before, now] = [settled, open].map((one) => one.statementOf(payee, february))
      deepStrictEqual(due, ((await now)?.due ?? 0) - ((await before)?.due ?? 0))
      deepStrictEqual(sections.filter(({ corrects }) => corrects).length, 1)
      const other = await settled.statementOf('R50', march)
      deepStrictEqual(other.sections.filter(({ corrects }) => corrects).length, 0)
    },
    ours: settled.refund,
    theirs: open.refund,
  })
}
