import { createCrm } from '@hospital-crm/core'
import { dischargeSatisfaction, RulePack, xuzhouPack } from '@hospital-crm/rules'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  readFhir,
  toFhirAuditEvent,
  toFhirMeasureReport,
  toFhirQuestionnaireResponse,
} from '../index.ts'
import { faultsOf, knowResources } from '../r4.fixture.ts'

beforeAll(knowResources)

const answers = { doctors: 'satisfied', nurses: 'satisfied', recommend: 9, worse: 'no' }
const at = '2026-03-02T01:00:00.000Z'

/** A hospital with one stay whose patient was asked and has answered. */
const answered = async () => {
  let now = at
  const crm = createCrm({ clock: { now: () => new Date(now) } })
  const pack = { ...xuzhouPack, surveys: { questionnaires: [dischargeSatisfaction] } }
  await crm.hospitals.open({
    ...{ name: 'Test hospital', zone: 'Asia/Shanghai', pack: RulePack.parse(pack) },
  })
  const identifiers = [{ type: 'MR', authority: 'H', value: '1' }]
  const { id: patient } = await crm.patients.register({ identifiers, name: '王秀英' })
  await crm.encounters.discharge('V1', { patient, at, department: 'cardiology', attending: 'li' })
  now = '2026-03-02T02:00:00.000Z'
  const asked = { visit: 'V1', questionnaire: 'discharge-satisfaction' }
  const { id } = await crm.surveys.ask(asked)
  await crm.surveys.submit({ survey: id, answers, mode: 'phone', by: 'nurse' })
  const surveyNow = async () => {
    const state = (await crm.surveys.get(id, { open: true }))?.state
    if (state?.status !== 'answered') throw new Error('the survey is not answered')
    return state
  }
  return { crm, patient, id, surveyNow }
}

describe('answers as a QuestionnaireResponse', () => {
  it('are valid, and are read again as they were given', async () => {
    const { id, patient, surveyNow } = await answered()
    const resource = toFhirQuestionnaireResponse(id, await surveyNow())
    expect(faultsOf(resource)).toEqual([])
    expect(resource).toMatchObject({
      status: 'completed',
      questionnaire: 'urn:hospital-crm/questionnaire/discharge-satisfaction|1',
      subject: { reference: `Patient/${patient}` },
      encounter: { identifier: { value: 'V1' } },
      authored: '2026-03-02T02:00:00.000Z',
      author: { identifier: { value: 'nurse' } },
    })
    const profile = { source: 'f', zone: 'Asia/Shanghai', responses: { mode: 'phone' as const } }
    const read = readFhir(new TextEncoder().encode(JSON.stringify(resource)), profile)
    expect(read).toMatchObject([
      { event: { about: { survey: id }, response: { answers, texts: {}, mode: 'phone' } } },
    ])
  })

  it('are the last version of them, and may be of somebody who would rather not say', async () => {
    const { crm, id, surveyNow } = await answered()
    const corrected = { ...answers, recommend: null }
    const said = { mode: 'phone', by: 'nurse', why: 'misheard' } as const
    await crm.surveys.amend({ survey: id, answers: corrected, ...said })
    const resource = toFhirQuestionnaireResponse(id, await surveyNow())
    expect(faultsOf(resource)).toEqual([])
    expect(resource).toMatchObject({ status: 'amended' })
    expect(resource.item).toContainEqual({ linkId: 'recommend' })
  })

  it('of nobody name nobody', async () => {
    const { crm } = await answered()
    const response = 'drawn-at-random-1'
    const { id } = await crm.surveys.submitAnonymously({
      ...{ response, questionnaire: 'discharge-satisfaction', answers, mode: 'kiosk' },
    })
    const state = (await crm.surveys.get(id))?.state
    if (state?.status !== 'anonymous') throw new Error('the response is not anonymous')
    const resource = toFhirQuestionnaireResponse(id, state)
    expect(faultsOf(resource)).toEqual([])
    expect(resource).toMatchObject({ authored: '2026-03' })
    for (const name of ['subject', 'encounter', 'identifier', 'author'])
      expect(resource).not.toHaveProperty(name)
    expect(JSON.stringify(resource)).not.toContain(response)
  })
})

describe('a report as a MeasureReport', () => {
  const made = { name: 'coverage', from: '2026-03-01', to: '2026-03-31', date: at }
  const strata = (rows: (string | number | null)[][]) => {
    const columns = ['department', ...(rows[0]?.slice(1) ?? []).map((_, place) => `c${place}`)]
    const report = { data: { columns, rows }, csv: '', chart: { series: [] } } as never
    const resource = toFhirMeasureReport(report, made)
    expect(faultsOf(resource)).toEqual([])
    return resource.group[0]?.stratifier[0]?.stratum
  }

  it('has a stratum for each group, with what its figure is made of', async () => {
    const { crm } = await answered()
    await crm.work()
    const query = { from: made.from, to: made.to, by: 'department' }
    const resource = toFhirMeasureReport(await crm.views.report('response', query), made)
    expect(faultsOf(resource)).toEqual([])
    expect(resource).toMatchObject({
      measure: 'urn:hospital-crm/measure/coverage',
      period: { start: '2026-03-01', end: '2026-03-31' },
      group: [
        {
          stratifier: [
            {
              code: [{ text: 'department' }],
              stratum: [{ value: { text: 'cardiology' }, measureScore: { value: 100 } }],
            },
          ],
        },
      ],
    })
  })

  it('says over and under of a share, and leaves out what is hidden or undefined', () => {
    const [shown, hidden] =
      strata([
        ['a', 50, 40, 60, 5, 10],
        ['b', null, null, null, null, null],
      ]) ?? []
    expect(shown).toMatchObject({
      population: [
        { code: { coding: [{ code: 'numerator' }] }, count: 5 },
        { code: { coding: [{ code: 'denominator' }] }, count: 10 },
      ],
      measureScore: { value: 50 },
    })
    expect(hidden).toEqual({ value: { text: 'b' } })
  })
})

describe('the log as AuditEvents', () => {
  it('says who did what, and who read whose data, and nothing of what they are', async () => {
    const { crm, patient } = await answered()
    await crm.patients.get(patient, { open: true })
    const log = await crm.door.log({ after: 0, limit: 1000 })
    const events = log.map((each) => toFhirAuditEvent(each))
    expect(events.length).toBeGreaterThan(5)
    for (const event of events) expect(faultsOf(event)).toEqual([])
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    expect(JSON.stringify(events)).not.toMatch(/王|satisfied/)
    expect(events.at(-1)).toMatchObject({
      action: 'R',
      subtype: [{ code: 'access.opened' }],
      entity: [{ what: { reference: `Patient/${patient}` } }],
    })
    const of = (code: string) => events.find(({ subtype }) => subtype[0]?.code === code)
    expect(of('patient.registered')?.action).toBe('C')
    expect(of('survey.submitted')?.action).toBe('U')
    expect(of('encounter.discharged')?.entity).toEqual([
      { what: { identifier: { system: 'urn:hospital-crm/encounter', value: 'V1' } } },
    ])
  })
})
