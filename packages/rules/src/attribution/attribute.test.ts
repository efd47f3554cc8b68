import { describe, expect, it } from 'vitest'
import { at, decided, repCredit, rules, slip, touch, visit } from './attribution.fixture.ts'
import { PersonLink, Ruling, Touch } from './facts.ts'
import { AttributionRules } from './rules.ts'

const march = visit('V1', at('2026-03-10'))
const call = touch('T-call', 'call', at('2026-03-05'))

describe('the merit of a visit', () => {
  it('is nobody’s without a touch', () => {
    expect(repCredit({ visits: [march], touches: [] })).toEqual({
      role: 'rep',
      status: 'nobody',
      payee: null,
      touch: null,
      by: null,
      holds: [],
      boundUntil: null,
      lost: [],
    })
  })

  it('goes to the strongest evidence, however late', () => {
    const touches = [call, slip('T-slip', at('2026-03-10', '09:59:00'), { rep: 'R2' })]
    expect(repCredit({ visits: [march], touches })).toMatchObject({
      status: 'credited',
      payee: 'R2',
      touch: 'T-slip',
      by: 'evidence',
      lost: [{ touch: 'T-call', payee: 'R1', because: 'weaker-evidence', against: 'T-slip' }],
    })
  })

  it('goes to the earlier of equal evidence, and at the same instant to the smaller id', () => {
    const touches = [
      touch('T3', 'call', at('2026-03-04'), { rep: 'R3' }),
      touch('T1', 'call', at('2026-03-05'), { rep: 'R1' }),
      touch('T2', 'call', at('2026-03-04'), { rep: 'R2' }),
    ]
    expect(repCredit({ visits: [march], touches })).toMatchObject({
      payee: 'R2',
      lost: [
        { touch: 'T3', because: 'larger-id' },
        { touch: 'T1', because: 'later' },
      ],
    })
  })

  it('is decided for representative and partner apart', () => {
    const touches = [
      touch('T1', 'call', at('2026-03-04')),
      slip('T2', at('2026-03-10'), { partner: 'CLINIC', rep: 'R2' }),
      slip('T3', at('2026-03-09'), { partner: 'PHARMACY' }),
    ]
    const [one] = decided({ visits: [march], touches })
    expect(one?.credits.rep).toMatchObject({ payee: 'R2', touch: 'T2' })
    expect(one?.credits.partner).toMatchObject({ payee: 'PHARMACY', touch: 'T3' })
    expect(one).toMatchObject({ rules: 'test@3', on: '2026-03-10', occasion: 'first' })
  })
})

describe('a touch does not count', () => {
  const lost = (one: Touch, more = {}) =>
    repCredit({ visits: [march], touches: [one], ...more }).lost[0]?.because

  it('on the day after its window, and counts on the last day of it', () => {
    expect(lost(touch('T', 'call', at('2026-02-07', '23:59:59')))).toBe('expired')
    expect(
      repCredit({ visits: [march], touches: [touch('T', 'call', at('2026-02-08', '00:00:00'))] })
        .payee,
    ).toBe('R1')
  })

  it('for days other than the hospital’s own', () => {
    const early = visit('V1', '2026-03-09T16:30:00Z')
    const old = touch('T', 'call', '2026-02-07T15:59:59Z')
    expect(repCredit({ visits: [early], touches: [old] }).lost[0]?.because).toBe('expired')
    const day8 = touch('T', 'call', '2026-02-07T16:00:00Z')
    expect(repCredit({ visits: [early], touches: [day8] }).payee).toBe('R1')
  })

  it('when a call ahead came at the moment of registration, or was noted down after it', () => {
    expect(lost(touch('T', 'call', at('2026-03-10')))).toBe('after-visit')
    expect(
      lost(touch('T', 'call', at('2026-03-10', '09:59:59'), { recordedAt: at('2026-03-10') })),
    ).toBe('recorded-after-visit')
  })

  it('after the day of the visit; a card shown later that day does', () => {
    expect(lost(touch('T', 'card', at('2026-03-11', '00:00:00')))).toBe('after-visit')
    const shown = touch('T', 'card', at('2026-03-10', '18:00:00'))
    expect(repCredit({ visits: [march], touches: [shown] }).payee).toBe('R1')
  })

  it('before every desk has confirmed it', () => {
    const bare = touch('T', 'slip', at('2026-03-10'))
    expect(lost(bare)).toBe('not-confirmed')
    const later = { ...bare, confirmations: [{ by: 'desk', at: at('2026-03-12') }] }
    const facts = { visits: [march], touches: [later] }
    expect(repCredit(facts, at('2026-03-11')).lost[0]?.because).toBe('not-confirmed')
    expect(repCredit(facts, at('2026-03-12')).payee).toBe('R1')
  })

  it('when its kind is unknown, or it was withdrawn, or belongs to another visit', () => {
    expect(lost(touch('T', 'rumour', at('2026-03-09')))).toBe('unknown-kind')
    expect(lost({ ...call, withdrawnAt: at('2026-03-20') })).toBe('withdrawn')
    expect(lost({ ...call, visit: 'V9' })).toBe('other-visit')
  })

  it('when it was shown at the visit for somebody else', () => {
    expect(lost(slip('T', at('2026-03-10'), { visit: 'V1', person: 'P2' }))).toBe('other-patient')
  })

  it('a second time with the number of one slip, whoever hands it in', () => {
    const touches = [
      slip('T1', at('2026-03-08'), { number: '0042', person: 'P2', rep: 'R2' }),
      slip('T2', at('2026-03-09'), { number: '0042' }),
    ]
    expect(repCredit({ visits: [march], touches })).toMatchObject({
      status: 'nobody',
      lost: [{ touch: 'T2', because: 'duplicate', against: 'T1' }],
    })
  })

  it('for who is not, not yet or no longer in charge on the day of the visit', () => {
    const payees = (from: string, to: string) => ({ payees: [{ id: 'R1', from, to }] })
    expect(lost(call, { payees: [] })).toBe('not-eligible')
    expect(lost(call, payees('2026-03-11', '2026-12-31'))).toBe('not-eligible')
    expect(lost(call, payees('2026-01-01', '2026-03-09'))).toBe('not-eligible')
    expect(lost(call, payees('2026-01-01', '2026-03-10'))).toBeUndefined()
  })

  it('before it is known', () => {
    const facts = {
      visits: [march],
      touches: [slip('T', at('2026-03-09'), { recordedAt: at('2026-03-15') })],
    }
    expect(repCredit(facts, at('2026-03-14'))).toMatchObject({ status: 'nobody', lost: [] })
    expect(repCredit(facts, at('2026-03-15')).payee).toBe('R1')
  })
})

describe('who refers themselves', () => {
  const payees = [
    { id: 'R1', from: '2020-01-01', identities: ['phone-7'] },
    { id: 'R2', from: '2020-01-01' },
  ]
  const own = visit('V1', at('2026-03-10'), { identities: ['phone-3', 'phone-7'] })

  it('is not credited, and nobody is until it is ruled on', () => {
    const touches = [call, touch('T2', 'call', at('2026-03-06'), { rep: 'R2' })]
    expect(repCredit({ visits: [own], touches, payees })).toMatchObject({
      status: 'held',
      payee: 'R1',
      holds: ['self-referral'],
      lost: [
        { touch: 'T-call', because: 'self-referral' },
        { touch: 'T2', because: 'later', against: 'T-call' },
      ],
    })
  })

  it('does not stand in the way of stronger evidence', () => {
    const touches = [call, slip('T2', at('2026-03-10'), { rep: 'R2' })]
    expect(repCredit({ visits: [own], touches, payees })).toMatchObject({
      status: 'credited',
      payee: 'R2',
      lost: [{ touch: 'T-call', because: 'self-referral' }],
    })
  })
})

describe('a prospect', () => {
  const prospect = touch('T', 'call', at('2026-03-05'), { person: 'someone' })
  const link = (person: string, patient: string, when = at('2026-03-10')) =>
    PersonLink.parse({ person, patient, at: when })

  it('counts once the person is known to be the patient', () => {
    const facts = {
      visits: [march],
      touches: [prospect],
      links: [link('someone', 'P1', at('2026-03-12'))],
    }
    expect(repCredit(facts, at('2026-03-11')).status).toBe('nobody')
    expect(repCredit(facts, at('2026-03-12'))).toMatchObject({ payee: 'R1', touch: 'T' })
  })

  it('is followed through merged patient numbers', () => {
    const links = [link('someone', 'P7'), link('P7', 'P1')]
    expect(repCredit({ visits: [march], touches: [prospect], links }).payee).toBe('R1')
  })

  it('goes with the latest word on who it is', () => {
    const links = [link('someone', 'P1'), link('someone', 'P2', at('2026-03-20'))]
    expect(repCredit({ visits: [march], touches: [prospect], links }).status).toBe('nobody')
  })

  it('does not go round in circles', () => {
    const links = [link('someone', 'P1'), link('P1', 'someone')]
    expect(repCredit({ visits: [march], touches: [prospect], links }).payee).toBe('R1')
  })
})

describe('a patient who is bound', () => {
  const binding = { ...rules, bindMonths: 1 }
  const visits = [
    visit('V1', at('2026-01-31')),
    visit('V2', at('2026-02-28')),
    visit('V3', at('2026-03-05')),
  ]
  const touches = [
    touch('T1', 'call', at('2026-01-30')),
    touch('T2', 'call', at('2026-02-20'), { rep: 'R2' }),
  ]

  it('stays with who brought them until the last day of the month, and is then free', () => {
    const answers = decided({ visits, touches }, at('2026-12-31'), binding)
    expect(
      answers.map(({ credits }) => [credits.rep.payee, credits.rep.by, credits.rep.boundUntil]),
    ).toEqual([
      ['R1', 'evidence', '2026-02-28'],
      ['R1', 'binding', '2026-02-28'],
      ['R2', 'evidence', '2026-04-05'],
    ])
    expect(answers[1]?.credits.rep.lost).toEqual([
      { touch: 'T2', payee: 'R2', because: 'bound', against: 'T1' },
    ])
  })

  it('is free as soon as the bound payee has left', () => {
    const payees = [
      { id: 'R1', from: '2020-01-01', to: '2026-02-27' },
      { id: 'R2', from: '2020-01-01' },
    ]
    expect(
      decided({ visits, touches, payees }, at('2026-12-31'), binding)[1]?.credits.rep.payee,
    ).toBe('R2')
  })

  it('is not bound by a visit that was cancelled', () => {
    const [first, ...others] = visits
    const cancelled = { ...visit('V1', at('2026-01-31')), cancelledAt: at('2026-02-01') }
    const answers = decided({ visits: [cancelled, ...others], touches }, at('2026-12-31'), binding)
    expect(answers.map(({ visit: id }) => id)).toEqual(['V2', 'V3'])
    expect(answers[0]?.credits.rep).toMatchObject({ payee: 'R1', by: 'evidence' })
    expect(first?.id).toBe('V1')
  })

  it('is not bound by a credit that is held, as nobody has won it yet', () => {
    const payees = [{ id: 'R1', from: '2020-01-01', identities: ['phone-7'] }]
    const [own, next] = [
      visit('V1', at('2026-03-10'), { identities: ['phone-7'] }),
      visit('V2', at('2026-03-20')),
    ]
    const early = touch('T1', 'slip', at('2026-03-09'), { visit: 'V1' })
    const touches = [{ ...early, confirmations: [{ by: 'desk', at: at('2026-03-09') }] }]
    const [first, second] = decided(
      { visits: [own, next], touches, payees },
      at('2026-12-31'),
      binding,
    )
    expect(first?.credits.rep).toMatchObject({ holds: ['self-referral'], boundUntil: null })
    expect(second?.credits.rep).toMatchObject({ status: 'nobody', payee: null })
  })

  it('is held as long as the visit that bound them is disputed', () => {
    const dispute = { id: 'D1', visit: 'V1', role: 'rep' as const, raisedAt: at('2026-02-01') }
    const open = decided({ visits, touches, disputes: [dispute] }, at('2026-12-31'), binding)
    expect(open.slice(0, 2).map(({ credits }) => credits.rep.holds)).toEqual([
      ['dispute'],
      ['dispute'],
    ])
    expect(open[2]?.credits.rep.holds).toEqual([])
    const closed = { ...dispute, closedAt: at('2026-03-01') }
    const shut = decided({ visits, touches, disputes: [closed] }, at('2026-12-31'), binding)
    expect(shut[0]?.credits.rep).toMatchObject({ status: 'credited', payee: 'R1' })
  })
})

describe('a ruling', () => {
  const touches = [call, touch('T2', 'call', at('2026-03-06'), { rep: 'R2' })]
  const ruling = (id: string, winner: string | null, when: string) =>
    Ruling.parse({
      id,
      visit: 'V1',
      role: 'rep',
      touch: winner,
      by: ['director', 'finance'],
      because: 'the first call was for another matter',
      at: when,
    })

  it('of two persons decides against the evidence, and the latest counts', () => {
    const rulings = [ruling('B', null, at('2026-03-21')), ruling('A', 'T2', at('2026-03-20'))]
    const facts = { visits: [march], touches, rulings }
    expect(repCredit(facts, at('2026-03-20'))).toMatchObject({
      payee: 'R2',
      by: 'ruling',
      lost: [{ touch: 'T-call', because: 'overruled', against: 'T2' }],
    })
    expect(repCredit(facts, at('2026-03-21'))).toMatchObject({ status: 'nobody', by: 'ruling' })
  })

  it('is refused of one person, and on a touch that is not there', () => {
    expect(
      Ruling.safeParse({ ...ruling('A', 'T2', at('2026-03-20')), by: ['x', 'x'] }).success,
    ).toBe(false)
    const rulings = [ruling('A', 'T9', at('2026-03-20'))]
    expect(() => repCredit({ visits: [march], touches, rulings })).toThrow(
      expect.objectContaining({ code: 'attribution.ruling-without-touch' }),
    )
  })
})

describe('a first visit', () => {
  it('is one without another before, in the months that the rules ask', () => {
    const visits = [
      visit('V1', at('2025-01-31')),
      visit('V2', at('2025-07-31')),
      visit('V3', at('2026-02-01')),
    ]
    const within = { ...rules, newAfterMonths: 6 }
    const occasions = (by: AttributionRules) =>
      decided({ visits, touches: [] }, at('2026-12-31'), by).map(({ occasion }) => occasion)
    expect(occasions(within)).toEqual(['first', 'return', 'first'])
    expect(occasions(rules)).toEqual(['first', 'return', 'return'])
  })
})

describe('attribution refuses', () => {
  it('an id that stands there twice', () => {
    const twice = expect.objectContaining({ code: 'attribution.id-twice' })
    expect(() => decided({ visits: [march, march], touches: [] })).toThrow(twice)
    expect(() => decided({ visits: [march], touches: [call, call] })).toThrow(twice)
  })

  it('a touch for nobody, and two rules for one kind of evidence', () => {
    const { rep: _, ...nobody } = call
    expect(Touch.safeParse(nobody).error?.issues[0]?.message).toBe('touch.for-nobody')
    const [one] = rules.evidence
    const bad = AttributionRules.safeParse({ ...rules, evidence: [one, one] })
    expect(bad.error?.issues[0]?.message).toBe('attribution.kind-twice')
  })
})
