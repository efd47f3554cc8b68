import { friendsAndFamily } from '@hospital-crm/rules'
import { describe, it } from 'vitest'
import { policy, sealed } from '../../../hospital.fixture.ts'
import { specify } from '../../../testing/specify.ts'
import { survey } from '../index.ts'

const now = '2026-03-10T02:00:00.000Z'
const others = [
  {
    key: { kind: 'encounter', id: 'V1' },
    state: { status: 'discharged', patient: 'p', department: 'cardiology', attending: 'li' },
  },
]
const given = (at = now, surveys: object = {}) =>
  specify(survey, {
    now: at,
    policy: policy({ surveys: { questionnaires: [friendsAndFamily], ...surveys } }),
    others,
  })

const asked = {
  type: 'survey.asked' as const,
  questionnaire: 'friends-and-family@1',
  patient: 'p',
  visit: 'V1',
  department: 'cardiology',
  attending: 'li',
  askedOn: '2026-03-10',
  expires: '2026-04-09T16:00:00.000Z',
  token: 'fresh',
  send: true,
  at: now,
}
const ask = { type: 'ask', visit: 'V1', questionnaire: 'friends-and-family', send: true }
const submit = { type: 'submit', survey: 'V1/friends-and-family', mode: 'link' }

describe('a survey', () => {
  it('is asked with a token of its own, until the end of the thirtieth day', () => {
    given()()
      .when(ask)
      .gives(asked, {
        on: 'fresh',
        event: { type: 'survey.token-issued', of: 'V1/friends-and-family' },
      })
    given()(asked).when(ask).givesNothing()
  })

  it('is no token at all where everybody gets the same link', () => {
    given(now, { anonymous: true })().when(ask).gives({
      type: 'survey.invited-anonymously',
      patient: 'p',
      questionnaire: 'friends-and-family@1',
      until: asked.expires,
      at: now,
    })
  })

  it('is submitted with its score, free texts without their words', () => {
    const { words: _, ...kept } = sealed('text', 'well')
    given()(asked)
      .when({ ...submit, answers: { overall: 'good' }, texts: { why: sealed('text', 'well') } })
      .gives({
        type: 'survey.submitted',
        answers: { overall: 'good' },
        texts: { why: kept },
        mode: 'link',
        score: {
          isComplete: true,
          sections: { experience: 75 },
          overall: 75,
          points: 75,
          satisfied: true,
          recommend: null,
          redFlags: [],
        },
        ...{ patient: 'p', visit: 'V1', attending: 'li', department: 'cardiology', send: true },
        questionnaire: 'friends-and-family@1',
        flags: [],
        at: now,
      })
  })

  it('expires at its instant, not before', () => {
    const expire = { type: 'expire', survey: 'V1/friends-and-family' }
    given('2026-04-09T15:59:59.999Z')(asked).when(expire).givesNothing()
    given(asked.expires)(asked).when(expire).gives({ type: 'survey.expired', at: asked.expires })
  })

  it('is not taken by a link that is too old, but by its own id', () => {
    const issued = {
      on: 'fresh',
      past: [{ type: 'survey.token-issued' as const, of: 'V1/friends-and-family' }],
    }
    const onRecord = { on: 'V1/friends-and-family', past: [asked] }
    const late = { type: 'submit', token: 'fresh', mode: 'link', answers: { overall: 'good' } }
    given(asked.expires)(issued, onRecord).when(late).refuses('survey.expired')
    given()(issued, onRecord)
      .when({ ...late, answers: { x: 1 } })
      .refuses('survey.bad-answers')
    given()().when(late).refuses('survey.unknown')
  })
})
