import { friendsAndFamily } from '@hospital-crm/rules'
import { describe, expect, it } from 'vitest'
import { nameOf } from './canary-words.fixture.ts'
import { refusalOf, someone, type TestCrm, testCrm, threeTiers } from './hospital.fixture.ts'
import { voice } from './views/catalogue/index.ts'

const at = (day: number, hour = 9) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()
const discharge = async (
  { crm }: Pick<TestCrm, 'crm'>,
  patient: string,
  visit: string,
  day: number,
  said = {},
) =>
  crm.encounters.discharge(visit, {
    patient,
    at: at(day),
    attending: 'li',
    department: 'cardio',
    ...said,
  })
const period = { from: at(1, 0), to: at(32, 0) }

describe('the list of a day', () => {
  const ward = async () => {
    const made = await testCrm({ at: at(20) })
    const people = [
      await someone(made.crm, '1'),
      await someone(made.crm, '2'),
      await someone(made.crm, '3'),
    ]
    const [a = '', b = '', c = ''] = people
    await discharge(made, a, 'A', 10)
    await discharge(made, b, 'B', 14, { attending: 'wang', department: 'eye' })
    await discharge(made, c, 'C', 20)
    return { ...made, a, b, c }
  }
  const lines = async (
    { crm }: Pick<TestCrm, 'crm'>,
    query: Parameters<TestCrm['crm']['views']['dayList']>[0],
  ) =>
    (await crm.views.dayList(query)).items.map(
      ({ visit, tier, state }) => `${visit}/${tier} ${state}`,
    )

  it('holds what is open or overdue on that day, first what fell due first', async () => {
    const made = await ward()
    expect(await lines(made, { day: '2026-03-20', of: { tier: 1 } })).toEqual([
      'A/1 overdue',
      'B/1 open',
      'C/1 open',
    ])
    expect(await lines(made, { day: '2026-03-20', of: { tier: 2 } })).toEqual(['A/2 open'])
    expect(await lines(made, { day: '2026-03-17', of: { tier: 2 } })).toEqual([])
  })

  it('is a member’s, with what nobody has yet when asked', async () => {
    const made = await ward()
    const of = (...owners: string[]) => ({ owners })
    expect(await lines(made, { day: '2026-03-20', of: of('li') })).toEqual([
      'A/1 overdue',
      'C/1 open',
    ])
    expect(await lines(made, { day: '2026-03-20', of: of('li', 'wang') })).toHaveLength(3)
    const centre = { owners: ['chen'] }
    const nobody = { unassigned: ['call-centre'] }
    expect(await lines(made, { day: '2026-03-20', of: centre })).toEqual([])
    expect(await lines(made, { day: '2026-03-20', of: nobody })).toEqual(['A/2 open'])
    await made.crm.followUps.assign({ visit: 'A', tier: 2, staff: 'chen' })
    expect(await lines(made, { day: '2026-03-20', of: centre })).toEqual(['A/2 open'])
    expect(await lines(made, { day: '2026-03-20', of: nobody })).toEqual([])
  })

  it('is asked for by department, by when it falls due and by how it stands', async () => {
    const made = await ward()
    const all = { of: { departments: ['cardio', 'eye'] }, day: '2026-03-20' }
    const everything = await lines(made, { ...all, states: ['open', 'overdue', 'coming'] })
    expect(everything).toHaveLength(9)
    expect(await lines(made, { ...all, states: ['overdue'] })).toEqual(['A/1 overdue'])
    const coming = await lines(made, { ...all, states: ['coming'] })
    expect(coming.every((line) => line.endsWith('coming'))).toBe(true)
    const due = { from: '2026-03-20', to: '2026-03-25' }
    const within = await lines(made, { ...all, due, states: ['open', 'overdue', 'coming'] })
    expect(everything).toEqual(expect.arrayContaining(within))
    expect(within.length).toBeLessThan(everything.length)
    const eye = { ...all, of: { departments: ['eye'] } }
    expect(await lines(made, eye)).toEqual(['B/1 open'])
    expect(await lines(made, { ...all, of: { departments: ['nowhere'] } })).toEqual([])
  })

  it('leaves out what has been done, called off or merged away', async () => {
    const made = await ward()
    await made.crm.followUps.recordContact({
      visit: 'A',
      role: 'attending',
      at: at(20),
      result: 'completed',
    })
    await made.crm.patients.recordDeath(made.b, { at: at(15) })
    await made.crm.patients.proposeMatch(made.a, made.c)
    await made.crm.patients.confirmMatch(made.a, made.c)
    const { items } = await made.crm.views.dayList({ day: '2026-03-20', of: { tier: 1 } })
    expect(items.map(({ visit, patient }) => [visit, patient])).toEqual([['C', made.a]])
  })

  it('shows the patient covered, and plain when that is asked for', async () => {
    const made = await ward()
    const query = { day: '2026-03-20', of: { tier: 2 } }
    const [covered] = (await made.crm.views.dayList(query)).items
    expect(covered).toMatchObject({
      patient: made.a,
      name: `Q${'*'.repeat(19)}`,
      phone: '154****0001',
      department: 'cardio',
      due: '2026-03-24',
    })
    const [plain] = (await made.crm.views.dayList(query, { open: true })).items
    expect(plain).toMatchObject({ name: nameOf('1'), phone: '15400000001' })
  })

  it('comes in pages that together hold every line once', async () => {
    const made = await testCrm({ at: at(20) })
    for (let n = 1; n <= 7; n += 1)
      await discharge(made, await someone(made.crm, `${n}`), `V${n}`, 12 + n)
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const page = await made.crm.views.dayList({
        day: '2026-03-20',
        of: { tier: 1 },
        limit: 2,
        ...(after && { after }),
      })
      seen.push(...page.items.map(({ visit }) => visit))
      expect(page.items.length).toBeLessThanOrEqual(2)
      if (page.next === undefined) break
      after = page.next
    }
    expect(seen.sort()).toEqual(['V1', 'V2', 'V3', 'V4', 'V5', 'V6', 'V7'])
  })

  it('holds both calls of one patient that fall due on one day', async () => {
    const made = await testCrm({ at: at(20) })
    const patient = await someone(made.crm, '1')
    await discharge(made, patient, 'A', 18, { at: at(18, 8) })
    await discharge(made, patient, 'B', 18)
    expect(await lines(made, { day: '2026-03-20', of: { tier: 1 } })).toEqual([
      'A/1 open',
      'B/1 open',
    ])
  })

  it('does not hold a call that waits for its draw', async () => {
    const [first, ...rest] = threeTiers.tiers
    const sampled = { ...(first ?? threeTiers.tiers[0]), sampling: { rate: 0.5 } }
    const plan = { ...threeTiers, tiers: [sampled, ...rest] } as typeof threeTiers
    const made = await testCrm({
      at: at(20),
      pack: { followUp: { plan: 'three@1', plans: { 'three@1': plan } } },
    })
    await discharge(made, await someone(made.crm, '1'), 'A', 18)
    expect(await lines(made, { day: '2026-03-20', of: { tier: 1 } })).toEqual([])
  })
})

describe('the timeline of a person', () => {
  it('tells of appointments, surveys they answered and what they said, to who may read those', async () => {
    const surveys = { questionnaires: [friendsAndFamily] }
    const access = [
      { role: 'desk', may: ['patient.read', 'appointment.read'], opens: 3 },
      { role: 'office', may: ['patient.read', 'survey.read', 'feedback.read'], opens: 3 },
    ]
    const { crm, clock } = await testCrm({ at: at(2), pack: { surveys, access } })
    const patient = await someone(crm, '1')
    const slots = [{ at: '09:00', minutes: 30, places: { any: 1 } }]
    const held = { title: 'C', recurrence: 'FREQ=DAILY', start: '2026-03-01', slots }
    await crm.schedules.define('C', held)
    const slot = { schedule: 'C', day: '2026-03-05', at: '09:00', channel: 'web' }
    const { id } = await crm.appointments.book({ ...slot, patient })
    await crm.encounters.discharge('V1', { patient, at: at(2, 9) })
    const asked = await crm.surveys.ask({ visit: 'V1', questionnaire: 'friends-and-family' })
    clock.set(at(6))
    await crm.appointments.attend(id)
    await crm.surveys.submit({ survey: asked.id, answers: { overall: 'good' }, mode: 'phone' })
    const praise = { kind: 'praise', class: 'nursing', channel: 'letter', owner: 'li' } as const
    await crm.feedback.receive({ feedback: 'F1', ...praise, patient, words: 'well done' })
    const seenBy = async (role: string) => {
      const desk = crm.for({ actor: { id: 'x', roles: [role] } })
      const { entries } = await desk.views.timeline({ patient })
      return entries.map(({ at: when, code, params }) => [when, voice()('en', code, params)])
    }
    expect(await seenBy('desk')).toEqual([[at(5, 9), 'Appointment C: kept']])
    expect(await seenBy('office')).toEqual([
      [at(6), 'Answered friends-and-family@1'],
      [at(6), 'Praise F1: taken'],
    ])
  })

  it('tells all dealings, the earliest first, in words of the catalogue', async () => {
    const made = await testCrm({ at: at(12) })
    const patient = await someone(made.crm, '1')
    await made.crm.encounters.admit('V1', { patient, at: at(8), department: 'cardio' })
    await discharge(made, patient, 'V1', 10, { disposition: '1' })
    await made.crm.followUps.recordContact({
      visit: 'V1',
      role: 'attending',
      at: at(11),
      result: 'no-answer',
      by: 'li',
    })
    const { entries, person } = await made.crm.views.timeline({ patient }, { open: true })
    expect(person).toMatchObject({ name: nameOf('1') })
    expect(entries.map(({ at: when, code }) => [when, code])).toEqual([
      [at(8), 'timeline.admitted'],
      [at(10), 'timeline.discharged'],
      [at(11), 'timeline.contact'],
      [at(12), 'timeline.message'],
      [at(18, 0), 'timeline.task'],
      [at(25, 0), 'timeline.task'],
      [at(41, 0), 'timeline.task'],
    ])
    expect(entries[2]?.params).toEqual({
      visit: 'V1',
      role: 'attending',
      result: 'no-answer',
      by: 'li',
    })
  })

  it('is one of everybody who became the person, by any of their ids', async () => {
    const made = await testCrm({ at: at(12) })
    const [a, b] = [await someone(made.crm, '1'), await someone(made.crm, '2')]
    await discharge(made, a, 'A', 9)
    await discharge(made, b, 'B', 10)
    await made.crm.patients.proposeMatch(a, b)
    await made.crm.patients.confirmMatch(a, b)
    const stays = async (patient: string) =>
      (await made.crm.views.timeline({ patient })).entries.flatMap(({ code, params }) =>
        code === 'timeline.discharged' ? [params.visit] : [],
      )
    expect(await stays(a)).toEqual(['A', 'B'])
    expect(await stays(b)).toEqual(['A', 'B'])
  })

  it('of nobody is empty', async () => {
    const { crm } = await testCrm()
    expect(await crm.views.timeline({ patient: 'nobody' })).toEqual({ person: null, entries: [] })
  })
})

describe('coverage', () => {
  it('counts what was owed and done by department and tier', async () => {
    const made = await testCrm({ at: at(20) })
    const people = await Promise.all([1, 2, 3, 4].map((n) => someone(made.crm, `${n}`)))
    const [a = '', b = '', c = '', d = ''] = people
    await discharge(made, a, 'A', 2)
    await discharge(made, b, 'B', 2)
    await discharge(made, c, 'C', 2)
    await discharge(made, d, 'D', 2, { department: 'eye' })
    await made.crm.followUps.recordContact({
      visit: 'A',
      role: 'attending',
      at: at(3),
      result: 'completed',
    })
    await made.crm.followUps.recordContact({
      visit: 'B',
      role: 'attending',
      at: at(15),
      result: 'completed',
    })
    await made.crm.patients.recordDeath(c, { at: at(4) })
    const none = {
      completed: 0,
      onTime: 0,
      late: 0,
      overdue: 0,
      missed: 0,
      unreachable: 0,
      coming: 0,
      cancelled: 0,
    }
    expect(await made.crm.views.coverage(period)).toEqual([
      {
        ...none,
        department: 'cardio',
        tier: 1,
        owed: 2,
        completed: 2,
        onTime: 1,
        late: 1,
        cancelled: 1,
      },
      { ...none, department: 'cardio', tier: 2, owed: 2, overdue: 2, cancelled: 1 },
      { ...none, department: 'cardio', tier: 3, owed: 2, coming: 2, cancelled: 1 },
      { ...none, department: 'eye', tier: 1, owed: 1, overdue: 1 },
      { ...none, department: 'eye', tier: 2, owed: 1, overdue: 1 },
      { ...none, department: 'eye', tier: 3, owed: 1, coming: 1 },
    ])
  })

  it('is of the discharges of a period, its first instant included and its last not', async () => {
    const made = await testCrm({ at: at(20) })
    await discharge(made, await someone(made.crm, '1'), 'A', 2)
    const tiers = async (from: string, to: string) =>
      (await made.crm.views.coverage({ from, to })).length
    expect(await tiers(at(2), at(3))).toBe(3)
    expect(await tiers(at(1), at(2))).toBe(0)
    expect(await tiers(at(3), at(4))).toBe(0)
  })

  it('follows a discharge that was moved to another department', async () => {
    const made = await testCrm({ at: at(20) })
    const patient = await someone(made.crm, '1')
    await discharge(made, patient, 'A', 2)
    await made.crm.encounters.update('A', { patient, department: 'eye' })
    const departments = (await made.crm.views.coverage(period)).map(({ department }) => department)
    expect(departments).toEqual(['eye', 'eye', 'eye'])
  })

  it('counts a stay once after the records of its patient were joined', async () => {
    const made = await testCrm({ at: at(20) })
    const [a, b] = [await someone(made.crm, '1'), await someone(made.crm, '2')]
    await discharge(made, a, 'A', 2)
    await discharge(made, b, 'B', 3)
    await made.crm.patients.proposeMatch(a, b)
    await made.crm.patients.confirmMatch(a, b)
    const [row] = await made.crm.views.coverage(period)
    expect(row).toMatchObject({ tier: 1, owed: 2 })
  })

  it('is refused for a period that is none', async () => {
    const { crm } = await testCrm()
    expect(await refusalOf(crm.views.coverage({ from: 'x', to: period.to }))).toBe(
      'instant.malformed',
    )
  })
})
