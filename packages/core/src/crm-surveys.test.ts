import { dischargeSatisfaction, FollowUpPlan, friendsAndFamily } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import {
  refusalOf,
  someone,
  statesOf,
  type TestCrm,
  testCrm,
  threeTiers,
} from './hospital.fixture.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

const asking = FollowUpPlan.parse({
  ...threeTiers,
  tiers: threeTiers.tiers.map((tier) =>
    tier.tier === 2 ? { ...tier, questionnaire: 'discharge-satisfaction' } : tier,
  ),
})
const questionnaires = [dischargeSatisfaction, friendsAndFamily]

/** One patient, discharged on 2 March, whose second call falls due on the 10th. */
const discharged = async (surveys: object = { send: true }) => {
  const made = await testCrm({
    at: at(2),
    pack: {
      followUp: { plan: 'three@1', plans: { 'three@1': asking } },
      surveys: { questionnaires, ...surveys },
    },
  })
  const patient = await someone(made.crm, '1')
  const visit = { patient, at: at(2, 9), attending: 'li', department: 'cardiology' }
  await made.crm.encounters.discharge('V1', visit)
  return { ...made, patient }
}
const workAt = async ({ crm, clock }: TestCrm, day: number, hour = 10) => {
  clock.set(at(day, hour))
  await crm.work()
}
const surveyOf = async ({ crm }: TestCrm) => {
  const [found] = (await crm.surveys.ofVisit('V1')).items
  return found
}
const tokenIn = async (made: TestCrm) => {
  const state = (await surveyOf(made))?.state
  return state && 'token' in state ? state.token : ''
}
const answers = { doctors: 'satisfied', nurses: 'satisfied', recommend: 9, worse: 'no' }
const status = async (made: TestCrm) => (await surveyOf(made))?.state.status

describe('a survey of a call for satisfaction', () => {
  it('is asked once when the call falls due, and its link goes to the patient', async () => {
    const made = await discharged()
    expect(await surveyOf(made)).toBeUndefined()
    for (const day of [10, 11]) await workAt(made, day)
    expect((await made.crm.surveys.ofVisit('V1')).items).toHaveLength(1)
    expect((await surveyOf(made))?.state).toMatchObject({
      status: 'asked',
      questionnaire: 'discharge-satisfaction@1',
      visit: 'V1',
      task: 'V1#1/three/2',
      department: 'cardiology',
      askedOn: '2026-03-10',
    })
    const token = await tokenIn(made)
    expect(made.sms.sent.filter(({ text }) => text.includes(token))).toHaveLength(1)
    expect((await made.crm.surveys.byToken(token))?.id).toBe('V1#1/three/2')
  })

  it('is not asked where the pack does not send', async () => {
    const made = await discharged({ send: false })
    await workAt(made, 10)
    expect(await surveyOf(made)).toBeUndefined()
    expect(await made.crm.parked()).toEqual([])
  })

  it('counts once however often it is handed in at once, with one set of consequences', async () => {
    const made = await discharged()
    await workAt(made, 10)
    const token = await tokenIn(made)
    const said = { token, answers: { ...answers, worse: 'yes' }, mode: 'link' as const }
    await Promise.all(Array.from({ length: 50 }, () => made.crm.surveys.submit(said)))
    const state = (await surveyOf(made))?.state
    expect(state?.status === 'answered' && state.responses).toHaveLength(1)
    const history = await made.crm.door.log({ limit: 5000 })
    const types = history.map(({ type }) => type)
    expect(types.filter((type) => type === 'survey.submitted')).toHaveLength(1)
    expect(types.filter((type) => type === 'task.opened')).toHaveLength(1)
  })

  it('takes no second answer, and no guess of a token', async () => {
    const made = await discharged()
    await workAt(made, 10)
    const token = await tokenIn(made)
    const mode = 'link' as const
    await made.crm.surveys.submit({ token, answers, mode })
    const second = made.crm.surveys.submit({ token, answers: { doctors: 'neutral' }, mode })
    expect(await refusalOf(second)).toBe('survey.already-answered')
    const guess = made.crm.surveys.submit({ token: 'guess', answers, mode })
    expect(await refusalOf(guess)).toBe('survey.unknown')
    const bad = made.crm.surveys.submit({ token, answers: { doctors: 'green' }, mode })
    expect(await refusalOf(bad)).toBe('survey.already-answered')
  })

  it('is filled in on the telephone, which is no call of the plan by itself', async () => {
    const made = await discharged()
    await workAt(made, 10)
    const said = {
      survey: 'V1#1/three/2',
      answers,
      mode: 'phone',
      by: 'sun',
      proxy: 'family',
    } as const
    await made.crm.surveys.submit(said)
    expect((await surveyOf(made))?.state).toMatchObject({
      status: 'answered',
      responses: [{ mode: 'phone', by: 'sun', proxy: 'family', score: { recommend: 9 } }],
    })
    expect((await statesOf(made.crm, made.patient))['V1#1/three/2']).toBe('open')
    expect(await made.crm.parked()).toEqual([])
  })

  it('keeps what was given so far, also past its time, when only the telephone is left', async () => {
    const made = await discharged()
    await workAt(made, 10)
    const token = await tokenIn(made)
    await made.crm.surveys.save({ token, answers: { doctors: 'satisfied' } })
    await workAt(made, 10 + 31)
    expect((await surveyOf(made))?.state).toMatchObject({
      status: 'expired',
      draft: { answers: { doctors: 'satisfied' } },
    })
    const late = { answers, mode: 'link' as const }
    expect(await refusalOf(made.crm.surveys.submit({ token, ...late }))).toBe('survey.expired')
    await made.crm.surveys.submit({ survey: 'V1#1/three/2', answers, mode: 'phone', by: 'sun' })
    expect(await status(made)).toBe('answered')
  })

  it('is amended as a new version, by whom and why; only what alarms anew is a task', async () => {
    const made = await discharged()
    await workAt(made, 10)
    const token = await tokenIn(made)
    await made.crm.surveys.submit({ token, answers: { ...answers, worse: 'yes' }, mode: 'link' })
    const why = 'misheard'
    const amended = { ...answers, worse: 'yes', 'asked-for-gifts': 'yes' }
    await made.crm.surveys.amend({
      survey: 'V1#1/three/2',
      answers: amended,
      mode: 'phone',
      by: 'sun',
      why,
    })
    const state = (await surveyOf(made))?.state
    expect(state?.status === 'answered' && state.responses.map((each) => each.why)).toEqual([
      undefined,
      'misheard',
    ])
    const about = await made.crm.tasks.about('survey/V1#1/three/2')
    expect(about.items.map(({ id }) => id)).toEqual([
      'survey:V1#1/three/2:worse',
      'survey:V1#1/three/2:gifts',
    ])
  })

  it('keeps free texts under the key of the patient alone', async () => {
    const made = await discharged()
    await workAt(made, 10)
    const token = await tokenIn(made)
    const texts = { remark: '护士很好' }
    await made.crm.surveys.submit({ token, answers, texts, mode: 'link' })
    expect(await made.store.everything()).not.toContain('护士很好')
    const opened = await made.crm.surveys.get('V1#1/three/2', { open: true })
    expect(opened?.state).toMatchObject({ responses: [{ texts }] })
    const stray = {
      survey: 'V1#1/three/2',
      answers,
      texts: { doctors: 'x' },
      mode: 'phone',
    } as const
    expect(await refusalOf(made.crm.surveys.amend({ ...stray, by: 'sun', why: 'typing' }))).toBe(
      'survey.text-unasked',
    )
  })
})

describe('an answer that alarms', () => {
  it('is a task of the attending until it is done, and they are told', async () => {
    const made = await discharged()
    await workAt(made, 10)
    const token = await tokenIn(made)
    await made.crm.surveys.submit({ token, answers: { ...answers, worse: 'yes' }, mode: 'link' })
    const { items } = await made.crm.tasks.openOf({ owner: 'li' })
    expect(items.map(({ state }) => state)).toMatchObject([
      { what: 'red-flag.worse', visit: 'V1', due: at(11), about: 'survey/V1#1/three/2' },
    ])
    const inbox = (await made.crm.messages.to('staff/li')).items
    expect(inbox.some(({ id }) => id === 'survey:V1#1/three/2:worse')).toBe(true)
    const task = items[0]?.id ?? ''
    const note = '已电话联系'
    await made.crm.tasks.close(task, { outcome: 'done', by: 'li', note })
    await made.crm.tasks.close(task, { outcome: 'done', by: 'li', note })
    const other = made.crm.tasks.close(task, { outcome: 'cancelled', by: 'li' })
    expect(await refusalOf(other)).toBe('task.already-closed')
    expect((await made.crm.tasks.openOf({ owner: 'li' })).items).toEqual([])
    expect(await made.store.everything()).not.toContain(note)
    expect(await refusalOf(made.crm.tasks.assign('nothing', 'li'))).toBe('task.unknown')
  })
})

describe('an anonymous survey', () => {
  const response = 'a-number-drawn-at-random'
  const said = {
    response,
    questionnaire: 'friends-and-family',
    department: 'cardiology',
    mode: 'link' as const,
    answers: { overall: 'good' },
    texts: { why: '很满意' },
  }

  it('invites everybody alike, and keeps nothing by which an answer leads to anybody', async () => {
    const made = await discharged({ send: true, anonymous: true })
    await workAt(made, 10)
    expect(made.sms.sent.some(({ text }) => text.includes('discharge-satisfaction'))).toBe(true)
    await Promise.all(Array.from({ length: 50 }, () => made.crm.surveys.submitAnonymously(said)))
    const log = await made.crm.door.log({ limit: 5000 })
    const told = log.filter(({ type }) => type === 'survey.answered-anonymously')
    expect(told).toHaveLength(1)
    const kept = JSON.stringify([told[0]?.key, told[0]?.data])
    expect(kept).not.toContain('V1')
    expect(kept).not.toContain(made.patient)
    expect(kept).not.toContain('2026-03-10')
    expect(kept).not.toContain('很满意')
    expect(kept).toContain('2026-03')
  })

  it('counts once, and answers otherwise are refused', async () => {
    const { crm } = await discharged()
    await crm.surveys.submitAnonymously(said)
    const other = crm.surveys.submitAnonymously({ ...said, answers: { overall: 'poor' } })
    expect(await refusalOf(other)).toBe('survey.already-answered')
  })
})

describe('a survey by hand', () => {
  it('needs a questionnaire of the pack and a visit that is known', async () => {
    const { crm } = await discharged()
    const ask = (visit: string, questionnaire: string) => crm.surveys.ask({ visit, questionnaire })
    expect(await refusalOf(ask('V1', 'nothing'))).toBe('survey.unknown-questionnaire')
    expect(await refusalOf(ask('V9', 'friends-and-family'))).toBe('survey.unknown-visit')
    const { id } = await ask('V1', 'friends-and-family')
    await ask('V1', 'friends-and-family@1')
    expect((await crm.surveys.ofVisit('V1')).items.map((each) => each.id)).toEqual([id])
    const wrong = { survey: id, answers: { overall: 'green' }, mode: 'phone' as const }
    expect(await refusalOf(crm.surveys.submit(wrong))).toBe('survey.bad-answers')
    const early = { ...wrong, answers: { overall: 'good' }, by: 'sun', why: 'none yet' }
    expect(await refusalOf(crm.surveys.amend(early))).toBe('survey.not-answered')
  })
})
