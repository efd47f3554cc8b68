import { CommissionTerms, cnStrict, PayeeClass, yangzhouPartnerTerms } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { firm } from '../../crm-referrals.fixture.ts'
import { policy, sealed, start } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { judged } from './gate.ts'
import { partner } from './index.ts'
import type { PartnerEvent, Pays } from './schema.ts'

const lawful = policy({ compliance: { profile: cnStrict, staff: {} } })
const given = specify(partner, { now: start, policy: lawful })
const registered: PartnerEvent = { type: 'partner.registered', ...firm }
const register = { type: 'register', partner: 'firm', ...firm }
const report: Pays = { benefit: 'report', services: ['check-up'], from: '2026-03-01' }
const { grounds } = cnStrict

describe('a partner', () => {
  it('begins today unless told', () => {
    const { since: _, ...undated } = register
    given()
      .when(undated)
      .gives({ ...registered, since: '2026-03-02' })
    given().when(register).gives(registered)
  })

  it.each([
    ['clinic', ['clinician-elsewhere', 'institution-elsewhere']],
    ['company', ['enterprise']],
    ['pharmacy', ['pharmacy']],
    ['hospital', ['institution-elsewhere', 'public-body']],
  ] as const)('of the kind %s is nothing to the law but %o', (kind, classes) => {
    for (const payeeClass of PayeeClass.options) {
      const when = given().when({ ...register, kind, payeeClass })
      if ((classes as readonly string[]).includes(payeeClass))
        when.gives({ ...registered, kind, payeeClass })
      else when.refuses('partner.class-not-of-kind')
    }
  })

  it('changes in what is said anew only', () => {
    const change = { type: 'change', partner: 'firm', name: firm.name, channel: 'big companies' }
    given(registered).when(change).gives({ type: 'partner.changed', channel: 'big companies' })
    given(registered)
      .when({ ...change, channel: firm.channel })
      .givesNothing()
  })

  it('has contacts, each with what is known of them', () => {
    const name = sealed('name', '沈括')
    const named: PartnerEvent = { type: 'partner.contact-named', contact: 'hr', name }
    given(registered)
      .when({ type: 'name-contact', partner: 'firm', contact: 'hr', name })
      .gives(named)
    const drop = { type: 'drop-contact', partner: 'firm', contact: 'hr' }
    given(registered, named).when(drop).gives({ type: 'partner.contact-dropped', contact: 'hr' })
    given(registered).when(drop).givesNothing()
  })

  it('is handed over by whom they belong to, and by nobody else', () => {
    const handOver = { type: 'hand-over', partner: 'firm', from: 'chen', to: 'wu' }
    given(registered).when(handOver).gives({ type: 'partner.handed-over', from: 'chen', to: 'wu' })
    given(registered)
      .when({ ...handOver, from: 'li' })
      .givesNothing()
  })

  it('ends on a day, which may be corrected and taken back', () => {
    const end = { type: 'end', partner: 'firm', on: '2026-03-31' }
    const ended: PartnerEvent = { type: 'partner.ended', on: '2026-03-31' }
    given(registered).when(end).gives(ended)
    const gone = { on: 'firm', past: [registered, ended] }
    given(gone).when(end).givesNothing()
    given(gone)
      .when({ ...end, on: '2026-04-30' })
      .gives({ ...ended, on: '2026-04-30' })
    given(gone).when({ type: 'resume', partner: 'firm' }).gives({ type: 'partner.resumed' })
    given(registered).when({ type: 'resume', partner: 'firm' }).givesNothing()
  })

  it('that nobody registered can do nothing', () => {
    given()
      .when({ type: 'agree', partner: 'firm', agreement: 'A1', pays: report })
      .refuses('partner.unknown')
  })
})

describe('a target', () => {
  const set = { type: 'set-target', year: 2026, channel: 'clinics', count: 150 }
  const told: PartnerEvent = {
    ...{ type: 'partner.target-set', year: 2026, channel: 'clinics', count: 150 },
  }

  it('is set, and set anew', () => {
    given().when(set).gives(told)
    given(told).when(set).givesNothing()
    given(told)
      .when({ ...set, count: 160 })
      .gives({ ...told, count: 160 })
  })
})

describe('an agreement', () => {
  it('goes on record with the law’s word and its ground', () => {
    given(registered)
      .when({ type: 'agree', partner: 'firm', agreement: 'A1', pays: report })
      .gives({
        ...{ type: 'partner.agreed', agreement: 'A1', pays: report, standing: 'active' },
        findings: [
          {
            ...{ judgement: 'ALLOW', profile: 'cn-strict@1', rule: 'counted-only', needs: [] },
            because: 'counting who brought whom pays nobody',
            ground: grounds.ordinary ?? expect.fail(),
          },
        ],
        releases: [],
      })
  })

  it('is asked about for everything that its terms pay, and for nothing they exclude', () => {
    const rates = { treatment: '5%', discounted: '3%', checkUp: '10%', eachPackage: '50' }
    const terms = CommissionTerms.parse(yangzhouPartnerTerms(rates))
    const context = { id: 'x', now: start, policy: lawful }
    const rulesFor = (payeeClass: PayeeClass, said: Partial<CommissionTerms> = {}) => {
      const pays = { terms: { ...terms, ...said } } as Pays
      const { findings } = judged({ payeeClass }, { pays, releases: [] }, context)
      return findings.map(({ rule }) => rule).sort()
    }
    expect(rulesFor('intermediary')).toEqual(['intermediary-commission'])
    expect(rulesFor('pharmacy')).toEqual(['otherwise', 'pharmacy-check-ups'])
    expect(rulesFor('intermediary', { exclusions: [] })).toEqual([
      'fund-money',
      'intermediary-commission',
    ])
    const [meter] = terms.meters
    const everything = { meters: [{ ...meter, categories: undefined }] } as Partial<CommissionTerms>
    expect(rulesFor('pharmacy', everything)).toEqual(['otherwise', 'pharmacy-check-ups'])
    const drugs = { ...everything, exclusions: terms.exclusions.slice(0, 1) }
    expect(rulesFor('intermediary', drugs)).toEqual(['drugs', 'intermediary-commission'])
  })
})
