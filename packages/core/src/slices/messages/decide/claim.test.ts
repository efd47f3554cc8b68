import { describe, it } from 'vitest'
import { sealed, start } from '../../../hospital.fixture.ts'
import { alive, asked, claim, claimed, deferred, ended, given } from '../messages.fixture.ts'

const person = (said: object) => ({ 'patient/p': { ...alive, ...said } })
const claiming = (records: Record<string, object>, said: object = {}, now = start) =>
  given(records, now)(asked(said)).when(claim())

describe('a message to a patient is looked at again when it is about to leave, and', () => {
  it('does not leave for somebody who has died', () => {
    claiming(person({ died: '2026-03-01T00:00:00.000Z' })).gives(ended('cancelled', 'deceased'))
    claiming(person({ died: 'unknown' })).gives(ended('cancelled', 'deceased'))
  })

  it('does not leave for somebody whose data is destroyed, or whom nobody knows', () => {
    claiming({ 'patient/p': { status: 'erased' } }).gives(ended('cancelled', 'erased'))
    claiming({}).gives(ended('cancelled', 'unknown-recipient'))
    claiming({ 'patient/p': { status: 'number', person: 'x' } }).gives(
      ended('cancelled', 'unknown-recipient'),
    )
  })

  it('goes to whoever the patient has become', () => {
    const merged = {
      'patient/p': { status: 'merged', into: 'q' },
      'patient/q': { status: 'merged', into: 's' },
    }
    claiming({ ...merged, 'patient/s': alive }).gives(claimed({ recipient: 'patient/s' }))
    claiming({ ...merged, 'patient/s': { ...alive, died: 'unknown' } }).gives(
      ended('cancelled', 'deceased'),
    )
  })

  it('fails where there is no telephone', () => {
    claiming(person({ phones: [] })).gives(ended('failed', 'no-address'))
    claiming({ 'patient/p': { status: 'person', consents: {} } }).gives(
      ended('failed', 'no-address'),
    )
  })

  it('goes to the number that the patient has at the channel, where there is one', () => {
    const openid = sealed('identifier', 'oFollower1')
    const identifiers = [
      { type: 'MR', value: sealed('identifier', '1') },
      { type: 'wechat', value: openid },
    ]
    const pack = { channels: { patients: ['sms', 'wechat'] } }
    const going = (said: object) =>
      given(person({ identifiers, ...said }), start, pack)(asked()).when(claim())
    going({}).gives(claimed())
    const { words: _, ...kept } = openid
    going({ channel: 'wechat' }).gives(claimed({ channel: 'wechat', address: kept }))
    going({ channel: 'wechat', phones: [] }).gives(claimed({ channel: 'wechat', address: kept }))
    going({ channel: 'wechat', identifiers: [] }).gives(claimed({ channel: 'wechat' }))
  })

  it('is skipped when it is of no use any more', () => {
    const until = '2026-03-02T01:59:59.999Z'
    claiming(person({}), { until }).gives(ended('skipped', 'stale'))
    claiming(person({}), { until: start }).gives(claimed())
  })
})

describe('consent', () => {
  const [earlier, later] = ['2026-02-01T00:00:00.000Z', '2026-02-02T00:00:00.000Z']
  const no = (at = earlier) => ({ allowed: false, at })
  const yes = (at = earlier) => ({ allowed: true, at })
  const goes = (consents: object) => claiming(person({ consents })).gives(claimed())
  const stays = (consents: object) =>
    claiming(person({ consents })).gives(ended('cancelled', 'consent'))

  it('is asked for the message’s own purpose', () => {
    goes({ satisfaction: no() })
    stays({ clinical: no() })
    goes({ clinical: yes() })
  })

  it('to everything covers each purpose', () => {
    stays({ '*': no() })
    goes({ '*': yes() })
  })

  it('is what was said last of the purpose or of everything', () => {
    stays({ '*': no(later), clinical: yes(earlier) })
    goes({ '*': no(earlier), clinical: yes(later) })
    goes({ '*': yes(later), clinical: no(earlier) })
    stays({ '*': yes(earlier), clinical: no(later) })
  })

  it('is refused when both were said at one instant', () => {
    stays({ '*': no(), clinical: yes() })
    stays({ '*': yes(), clinical: no() })
  })
})

describe('quiet hours', () => {
  const night = '2026-03-02T14:30:00.000Z'
  const morning = '2026-03-03T00:00:00.000Z'

  it('put a message to a patient off until they end', () => {
    claiming(person({}), {}, night).gives(deferred(morning, 'quiet-hours'))
  })

  it('do not keep a colleague’s message back', () => {
    claiming({}, { to: { role: 'outreach' } }, night).gives(
      claimed({
        recipient: 'role/outreach',
        channel: 'inbox',
        address: undefined,
        expires: '2026-03-02T14:31:00.000Z',
      }),
    )
  })

  it('outlast no message: what is of no use in the morning is skipped there', () => {
    const until = '2026-03-02T15:00:00.000Z'
    claiming(person({}), { until }, night).gives(deferred(morning, 'quiet-hours'))
    claiming(person({}), { until, notBefore: morning }, morning).gives(
      ended('skipped', 'stale', morning),
    )
  })

  it('do not hide a death or a refusal until the morning', () => {
    claiming(person({ died: 'unknown' }), {}, night).gives(ended('cancelled', 'deceased', night))
  })

  it('may be followed by a change of mind: consent is looked at again', () => {
    given(person({ consents: { '*': { allowed: false, at: night } } }), morning)(
      asked(),
      deferred(morning, 'quiet-hours'),
    )
      .when(claim())
      .gives(ended('cancelled', 'consent', morning))
  })
})

describe('a hospital without a channel for patients', () => {
  it('keeps what it has to say in the inbox', () => {
    given(person({}), start, { channels: { patients: [] } })(asked())
      .when(claim())
      .gives(claimed({ channel: 'inbox' }))
  })
})
