import type { Credit, VisitAttribution } from '@hospital-crm/rules'
import { describe, it } from 'vitest'
import { at, evidence } from '../../../crm-referrals.fixture.ts'
import { policy, sealed } from '../../../hospital.fixture.ts'
import { specify } from '../../../testing/specify.ts'
import { attribution } from '../index.ts'
import type { AttributionEvent } from '../schema.ts'

const now = at('02', '10:00')
const person = (id: string, state: object = { status: 'person' }) => ({
  key: { kind: 'patient', id },
  state,
})
const card = (id: string, more = {}) => ({
  key: { kind: 'referral', id },
  state: {
    ...{ kind: 'partner-card', patient: 'p', partner: 'firm', at: at('02', '08:00') },
    ...{ recordedAt: at('02', '08:00'), confirmations: [], ...more },
  },
})
const visit = (id: string, patient: string, state = {}) => ({
  key: { kind: 'encounter', id },
  state: { status: 'in-progress', patient, admittedAt: at('02', '09:00'), ...state },
})
const others = [
  person('p', { status: 'person', merged: ['older'] }),
  person('q'),
  person('older', { status: 'merged', into: 'p' }),
  { key: { kind: 'partner', id: 'firm' }, state: { since: '2026-01-01', contacts: {} } },
  card('t'),
  card('shown', { visit: 'VQ' }),
  card('ahead', { visit: 'V9' }),
  visit('V1', 'older'),
  visit('VQ', 'q'),
  visit('VX', 'p', { status: 'cancelled', cancelledAt: at('02', '09:30') }),
  visit('VE', 'p', { admittedAt: undefined, dischargedAt: at('02', '09:40') }),
  visit('VN', 'p', { admittedAt: undefined }),
]
const given = specify(attribution, {
  ...{ now, others, actor: { id: 'zhao', roles: ['judge'] } },
  policy: policy({ attribution: evidence }),
})

const fact = (id: string, more = {}) => ({
  ...{ id, kind: 'partner-card', person: 'p', partner: 'firm' },
  ...{ at: at('02', '08:00'), recordedAt: at('02', '08:00'), confirmations: [] },
  ...more,
})
const opened: AttributionEvent = { type: 'attribution.opened', patients: ['p', 'older'] }
const touchTaken = (id: string, more = {}): AttributionEvent => ({
  type: 'attribution.touch-taken',
  touch: fact(id, more),
})
const visitTaken = (id: string, time = '09:00', more = {}): AttributionEvent => ({
  type: 'attribution.visit-taken',
  visit: { id, patient: 'p', registeredAt: at('02', time), ...more },
})
const nobody = (role: Credit['role'], more: Partial<Credit> = {}): Credit => ({
  ...{ role, status: 'nobody', payee: null, touch: null, by: null, holds: [] },
  ...{ boundUntil: null, lost: [], ...more },
})
const byCard: Partial<Credit> = {
  ...{ status: 'credited', payee: 'firm', touch: 't', by: 'evidence' },
  boundUntil: '2026-06-02',
}
const answer = (
  id: string,
  partner: Partial<Credit>,
  more: Partial<VisitAttribution> = {},
): VisitAttribution => ({
  ...{ visit: id, patient: 'p', on: '2026-03-02', occasion: 'first', rules: 'evidence@1' },
  credits: { rep: nobody('rep'), partner: nobody('partner', partner) },
  ...more,
})
const decided = (
  id: string,
  after: VisitAttribution | null,
  before: VisitAttribution | null = null,
) => ({ type: 'attribution.decided', visit: id, before, after }) as AttributionEvent

const taken = {
  on: 'p',
  past: [touchTaken('t'), visitTaken('V1'), decided('V1', answer('V1', byCard))],
}

describe('a touch', () => {
  const take = { type: 'take-touch', touch: 't' }

  it('opens the record of the person, with all ids that stand for them', () => {
    given().when(take).gives(opened, touchTaken('t'))
  })

  it('decides the visits that are known, and the same again nothing', () => {
    given({ on: 'p', past: [visitTaken('V1')] })
      .when(take)
      .gives(touchTaken('t'), decided('V1', answer('V1', byCard)))
    given(taken).when(take).givesNothing()
  })

  it('shown at another person’s visit stands with that person as well, and says that the two may be one', () => {
    const strange = touchTaken('shown', { visit: 'VQ' })
    given()
      .when({ ...take, touch: 'shown' })
      .gives(
        ...[opened, strange],
        { on: 'q', event: { type: 'attribution.opened', patients: ['q'] } },
        { on: 'q', event: strange },
        {
          on: 'q',
          event: { type: 'attribution.stranger-shown', visit: 'VQ', touch: 'shown', person: 'p' },
        },
      )
  })

  it('shown at a visit that is not known waits for it', () => {
    const awaited: AttributionEvent = { type: 'attribution.visit-awaited', touch: 'ahead' }
    given()
      .when({ ...take, touch: 'ahead' })
      .gives(opened, touchTaken('ahead', { visit: 'V9' }), { on: 'visit:V9', event: awaited })
    given({ on: 'visit:V1', past: [awaited] })
      .when({ type: 'take-visit', visit: 'V1' })
      .gives({ on: 'visit:V1', event: { type: 'attribution.visit-arrived', touches: ['ahead'] } })
  })

  it('that nobody recorded is refused', () => {
    given()
      .when({ ...take, touch: 'none' })
      .refuses('referral.unknown')
  })
})

describe('a visit', () => {
  const take = (id: string) => ({ type: 'take-visit', visit: id })

  it('of somebody whom nobody is said to have brought is not kept', () => {
    given().when(take('V1')).givesNothing()
  })

  it('is decided for whom the person has become', () => {
    given({ on: 'p', past: [touchTaken('t')] })
      .when(take('V1'))
      .gives(visitTaken('V1'), decided('V1', answer('V1', byCard)))
    given(taken).when(take('V1')).givesNothing()
  })

  it('counts from its end where nobody told of its beginning, and not at all without either', () => {
    given({ on: 'p', past: [touchTaken('t')] })
      .when(take('VE'))
      .gives(visitTaken('VE', '09:40'), decided('VE', answer('VE', byCard)))
    given({ on: 'p', past: [touchTaken('t')] })
      .when(take('VN'))
      .givesNothing()
  })

  it('that is cancelled takes its answer along', () => {
    const before = answer('VX', byCard)
    given({ on: 'p', past: [touchTaken('t'), visitTaken('VX'), decided('VX', before)] })
      .when(take('VX'))
      .gives(
        visitTaken('VX', '09:00', { cancelledAt: at('02', '09:30') }),
        decided('VX', null, before),
      )
  })
})

describe('a dispute', () => {
  const dispute = { type: 'dispute', visit: 'V1', role: 'partner' }
  const raised: AttributionEvent = {
    type: 'attribution.disputed',
    dispute: { id: 'V1/partner/1', visit: 'V1', role: 'partner', raisedAt: now, by: 'zhao' },
  }
  const held = answer('V1', { ...byCard, status: 'held', holds: ['dispute'] })
  const disputed = { ...taken, past: [...taken.past, raised, decided('V1', held)] }

  it('holds the credit until it is closed', () => {
    given(taken)
      .when(dispute)
      .gives(raised, decided('V1', held, answer('V1', byCard)))
    given(disputed)
      .when({ ...dispute, type: 'close-dispute' })
      .gives(
        ...[{ type: 'attribution.dispute-closed', visit: 'V1', role: 'partner' } as const].map(
          (closed) => ({ ...closed, at: now, by: 'zhao' }),
        ),
        decided('V1', answer('V1', byCard), held),
      )
  })

  it('is refused twice, of nothing, and of a visit that is not there', () => {
    given(disputed).when(dispute).refuses('attribution.already-disputed')
    given(taken)
      .when({ ...dispute, type: 'close-dispute' })
      .refuses('attribution.no-such-dispute')
    given(taken)
      .when({ ...dispute, visit: 'VX' })
      .refuses('attribution.unknown-visit')
    given()
      .when({ ...dispute, visit: 'V8' })
      .refuses('attribution.unknown')
  })
})

describe('a ruling', () => {
  const because = sealed('text', 'asked them')
  const { words: _, ...kept } = because
  const on = { visit: 'V1', role: 'partner' as const }
  const propose = { type: 'propose-ruling', ...on, touch: null, because }
  const proposed = (by: string, touch: string | null = null): AttributionEvent => ({
    ...{ type: 'attribution.ruling-proposed', ...on, touch, by, at: now, because: kept },
  })
  const confirm = { type: 'confirm-ruling', ...on }

  it('is proposed by one person and changes nothing yet', () => {
    given(taken).when(propose).gives(proposed('zhao'))
  })

  it('stands by the word of another', () => {
    const ruled = answer('V1', { by: 'ruling', lost: [{ ...lost('t'), because: 'overruled' }] })
    given({ ...taken, past: [...taken.past, proposed('qian')] })
      .when(confirm)
      .gives(
        {
          type: 'attribution.ruled',
          ruling: {
            ...{ id: 'V1/partner/1', ...on, touch: null, because: kept },
            ...{ at: now, by: ['qian', 'zhao'] },
          },
        },
        decided('V1', ruled, answer('V1', byCard)),
      )
  })

  it('is refused on one’s own word, without a word, and on a touch that is not there', () => {
    given({ ...taken, past: [...taken.past, proposed('zhao')] })
      .when(confirm)
      .refuses('attribution.ruling-one-person')
    given(taken).when(confirm).refuses('attribution.no-ruling-proposed')
    given(taken)
      .when({ ...propose, touch: 'none' })
      .refuses('attribution.ruling-without-touch')
    given(taken)
      .when({ ...propose, role: 'rep', touch: 't' })
      .refuses('attribution.ruling-without-touch')
  })

  it('is refused to whom it would credit', () => {
    const mine = { on: 'p', past: [touchTaken('t', { partner: 'zhao' }), visitTaken('V1')] }
    given(mine)
      .when({ ...propose, touch: 't' })
      .refuses('attribution.own-merit')
    given({ ...mine, past: [...mine.past, proposed('qian', 't')] })
      .when(confirm)
      .refuses('attribution.own-merit')
  })
})

describe('persons who are one', () => {
  const join = { type: 'join', survivor: 'p', merged: 'q' }
  const theirs = touchTaken('t', { person: 'q' })
  const moved = { on: 'q', event: { type: 'attribution.moved', into: 'p' } as AttributionEvent }

  it('have one record, where everything is judged again', () => {
    const ofQ: AttributionEvent = {
      ...visitTaken('V1'),
      visit: { id: 'V1', patient: 'q', registeredAt: at('02', '09:00') },
    } as AttributionEvent
    const before = answer('V1', byCard, { patient: 'q' })
    given({ on: 'q', past: [theirs, ofQ, decided('V1', before)] })
      .when(join)
      .gives(
        {
          ...{ type: 'attribution.joined', merged: 'q', patients: ['p', 'older'] },
          with: {
            touches: [fact('t')],
            visits: [{ id: 'V1', patient: 'p', registeredAt: at('02', '09:00') }],
            ...{ disputes: [], proposed: [], rulings: [], decided: [before] },
          },
        },
        decided('V1', answer('V1', byCard), before),
        moved,
      )
  })

  it('leave no trace where nobody brought either, and are joined once', () => {
    given().when(join).givesNothing()
    given({ on: 'q', past: [theirs, { type: 'attribution.moved', into: 'p' }] })
      .when(join)
      .givesNothing()
  })
})

const lost = (touch: string) => ({ touch, payee: 'firm' })
