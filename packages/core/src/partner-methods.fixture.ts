import { AttributionRules, cnStrict, cnWageDeduction } from '@hospital-crm/rules'
import { nameOf } from './canary-words.fixture.ts'
import type { Call, Person, Place } from './every-method.fixture.ts'
import type { packOf } from './hospital.fixture.ts'

const slips = AttributionRules.parse({
  id: 'slips',
  version: 1,
  evidence: [
    {
      kind: 'slip',
      class: 1,
      timing: 'at-visit',
      windowDays: 30,
      confirmedBy: ['registration-desk'],
      singleUse: true,
    },
    { kind: 'call-ahead', class: 2, timing: 'before-visit', windowDays: 30 },
  ],
  bindMonths: 3,
})

/** What a rule pack says of partners and of whose merit a visit is. */
export const merit: NonNullable<Parameters<typeof packOf>[0]> = {
  attribution: slips,
  compliance: {
    profile: cnStrict,
    staff: { marketing: 'own-marketer' },
    wages: { rule: cnWageDeduction, minimumWage: 200_000 },
  },
}

const firm = {
  kind: 'company',
  name: '云龙电子',
  channel: 'companies',
  payeeClass: 'enterprise',
  owner: 'chen',
  since: '2026-01-01',
} as const
const shop = { ...firm, kind: 'pharmacy', payeeClass: 'pharmacy', channel: 'shops' } as const
const fee = { benefit: 'fixed-fee', services: ['check-up'], from: '2026-01-01' } as const
const release = {
  role: 'legal',
  opinion: { author: 'counsel', document: 'D-1' },
  validUntil: '2027-01-01T00:00:00Z',
}
const bill = (id: string, amount = 30_000) =>
  ({ id, occurredOn: '2026-03-02', amount, category: 'treatment', payer: 'self-pay' }) as const
const cameAt = '2026-03-02T01:00:00Z'
const contactOf = (person: Person, number: string) => {
  const { name, phones, number: identifier } = person(number)
  return { name, phones: [...phones], identifier, position: 'HR' }
}

/** The ids by which what partners did is reached. */
export interface Brought {
  /** A slip that was confirmed and shown at C1, and one that waits for its desk. */
  readonly slip: string
  readonly draft: string
}

interface Persons {
  readonly person: Person
  readonly boss: Place['desk']
  readonly first: string
  readonly twin: string
  readonly guest: string
}

/** Fills a hospital with partners, what they brought, what is disputed of it and what was charged for it. */
export const fillPartners = async (
  desk: Place['desk'],
  { person, boss, first, twin, guest }: Persons,
): Promise<Brought> => {
  await desk.staff.enrol('chen', { roles: ['marketing'], phone: person('chen').phones[0] })
  for (const id of ['firm', 'old']) await desk.partners.register(id, firm)
  await desk.partners.register('shop', shop)
  await desk.partners.nameContact('firm', 'head', contactOf(person, '30'))
  await desk.partners.agree('firm', {
    agreement: 'a',
    pays: { ...fee, services: [...fee.services] },
  })
  for (const agreement of ['b', 'c'])
    await desk.partners.agree('shop', { agreement, pays: { ...fee, services: [...fee.services] } })
  await boss.partners.proposeRelease('shop', { agreement: 'c', ...release })
  await desk.partners.end('old', '2026-02-01')
  const note = `note on ${person('30').name}`
  await desk.partners.recordVisit('firm', { on: '2026-03-01', rep: 'chen', note })
  await desk.partners.setTarget({ year: 2026, channel: 'companies', count: 5 })
  const shown = async (visit: string, patient: string) => {
    const touch = {
      kind: 'slip',
      partner: 'firm',
      patient,
      at: cameAt,
      number: `ZZ ${visit}`,
      note,
    }
    const { id } = await desk.referrals.record(touch)
    await desk.encounters.admit(visit, { patient, at: cameAt, class: 'outpatient' })
    await desk.referrals.confirm(id, { desk: 'registration-desk', visit })
    await desk.charges.post(visit, [bill('1')])
    return id
  }
  const slip = await shown('C1', first)
  await shown('C2', guest)
  await shown('C3', twin)
  await desk.attributions.dispute('C2', 'partner', { note })
  await boss.attributions.proposeRuling('C3', 'partner', { touch: null, because: note })
  const waiting = { kind: 'slip', rep: 'chen', patient: twin, at: cameAt, number: 'ZZ draft' }
  const { id: draft } = await desk.referrals.record(waiting)
  return { slip, draft }
}

const plain = { open: true }
const period = { from: '2026-03-01', to: '2026-03-31' }
const anyone: Person = (number) => ({
  number,
  name: nameOf(number),
  phones: [`1540000${number.padStart(4, '0')}`],
  address: '',
  birthDate: '1950-01-02',
})

/** Every method about partners and whose merit a visit is, with a call that finds something there. */
export const partnerCalls: Readonly<Record<string, Call>> = {
  'partners.register': ({ desk }, _, cause) => desk.partners.register('new', firm, { cause }),
  'partners.change': ({ desk }, _, cause) =>
    desk.partners.change('firm', { channel: 'clinics' }, { cause }),
  'partners.nameContact': ({ desk, person = anyone }, _, cause) =>
    desk.partners.nameContact('firm', 'deputy', contactOf(person, '31'), { cause }),
  'partners.dropContact': ({ desk }, _, cause) =>
    desk.partners.dropContact('firm', 'head', { cause }),
  'partners.agree': ({ desk }, _, cause) =>
    desk.partners.agree(
      'firm',
      { agreement: 'd', pays: { benefit: 'report', services: ['treatment'], from: '2026-03-01' } },
      { cause },
    ),
  'partners.proposeRelease': ({ desk }, _, cause) =>
    desk.partners.proposeRelease('shop', { agreement: 'b', ...release }, { cause }),
  'partners.confirmRelease': ({ desk }, _, cause) =>
    desk.partners.confirmRelease('shop', { agreement: 'c', role: 'finance' }, { cause }),
  'partners.endAgreement': ({ desk }, _, cause) =>
    desk.partners.endAgreement('firm', { agreement: 'a', on: '2026-03-31' }, { cause }),
  'partners.recordVisit': ({ desk, person = anyone }, _, cause) =>
    desk.partners.recordVisit(
      'firm',
      { on: '2026-03-12', rep: 'chen', note: person('8').name },
      { cause },
    ),
  'partners.handOver': ({ desk }, _, cause) =>
    desk.partners.handOver({ from: 'chen', to: 'li' }, { cause }),
  'partners.end': ({ desk }, _, cause) => desk.partners.end('firm', '2026-03-01', { cause }),
  'partners.resume': ({ desk }, _, cause) => desk.partners.resume('old', { cause }),
  'partners.get': ({ desk }) => desk.partners.get('firm', plain),
  'partners.list': ({ desk }) => desk.partners.list({ channel: 'companies' }, plain),
  'partners.find': ({ desk, person = anyone }) =>
    desk.partners.find({ name: person('30').name }, plain),
  'partners.awaitingRelease': ({ desk }) => desk.partners.awaitingRelease(plain),
  'partners.visitedBy': ({ desk }) => desk.partners.visitedBy('chen', { ...period, ...plain }),
  'partners.setTarget': ({ desk }, _, cause) =>
    desk.partners.setTarget({ year: 2026, channel: 'companies', count: 9 }, { cause }),
  'partners.targets': ({ desk }) => desk.partners.targets(2026),

  'referrals.record': ({ desk, person = anyone }, { twin }, cause) =>
    desk.referrals.record(
      {
        kind: 'slip',
        partner: 'firm',
        patient: twin,
        at: cameAt,
        number: person('32').number,
        note: person('8').name,
      },
      { cause },
    ),
  'referrals.confirm': ({ desk }, { draft }, cause) =>
    desk.referrals.confirm(draft, { desk: 'registration-desk' }, { cause }),
  'referrals.withdraw': ({ desk, person = anyone }, { slip }, cause) =>
    desk.referrals.withdraw(slip, { because: 'mistaken', note: person('8').name }, { cause }),
  'referrals.get': ({ desk }, { slip }) => desk.referrals.get(slip, plain),
  'referrals.list': ({ desk }) => desk.referrals.list({ partner: 'firm' }, plain),
  'referrals.awaiting': ({ desk }) => desk.referrals.awaiting('registration-desk', plain),
  'referrals.withNumber': ({ desk }) => desk.referrals.withNumber('ZZ C1', plain),
  'referrals.callAhead': ({ desk, person = anyone }, _, cause) => {
    const { name, phones } = person('33')
    const touch = { kind: 'call-ahead', rep: 'chen', at: '2026-03-13T01:00:00Z' }
    return desk.referrals.callAhead({ person: { name, phones: [...phones] }, ...touch }, { cause })
  },
  'referrals.expected': ({ desk, person = anyone }) =>
    desk.referrals.expected({ name: person('1').name }, plain),

  'attributions.of': ({ desk }, { person }) => desk.attributions.of(person, plain),
  'attributions.creditedTo': ({ desk }) => desk.attributions.creditedTo('firm', plain),
  'attributions.held': ({ desk }) => desk.attributions.held('dispute', plain),
  'attributions.proposedRulings': ({ desk }) => desk.attributions.proposedRulings(plain),
  'attributions.dispute': ({ desk, person = anyone }, _, cause) =>
    desk.attributions.dispute('C1', 'partner', { note: person('8').name }, { cause }),
  'attributions.closeDispute': ({ desk }, _, cause) =>
    desk.attributions.closeDispute('C2', 'partner', { cause }),
  'attributions.proposeRuling': ({ desk, person = anyone }, _, cause) =>
    desk.attributions.proposeRuling(
      'C1',
      'partner',
      { touch: null, because: person('8').name },
      { cause },
    ),
  'attributions.confirmRuling': ({ desk }, _, cause) =>
    desk.attributions.confirmRuling('C3', 'partner', { cause }),
  'attributions.explain': ({ desk }) => desk.attributions.explain('C1', plain),
  'attributions.report': ({ desk }) => desk.attributions.report('C1', 'linear'),

  'charges.post': ({ desk }, _, cause) => desk.charges.post('C1', [bill('2')], { cause }),
  'charges.postMany': ({ desk }, _, cause) =>
    desk.charges.postMany([
      { visit: 'C1', lines: [bill('3')], cause },
      { visit: 'C1', lines: [bill('1', 5)], cause: `${cause}'` },
    ]),
  'charges.of': ({ desk }) => desk.charges.of('C1', plain),
  'charges.list': ({ desk }) => desk.charges.list({ ...period, ...plain }),
}
