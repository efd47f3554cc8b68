// Surveys, complaints, appointments and figures: docs/how-to/ask-patients.md and its neighbours
import { type Crm, createCrm, memoryChannel } from '@hospital-crm/core'
import { Schedule, xuzhouPack } from '@hospital-crm/rules'
import { setClock } from './hospital-month/set-clock.ts'

const clock = setClock('2026-03-02T02:00:00Z')

const opened = async (): Promise<{ crm: Crm; patients: readonly string[] }> => {
  const crm = createCrm({ clock, channels: [memoryChannel('sms')] })
  const surveys = { questionnaires: [], ...xuzhouPack.surveys, threshold: 1 }
  const pack = { ...xuzhouPack, surveys }
  await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack })
  const patients = []
  for (const value of ['1', '2', '3']) {
    const phones = [`1540000000${value}`]
    const { id } = await crm.patients.register({ identifiers: [{ type: 'MR', value }], phones })
    const stay = { at: '2026-03-02T01:00:00Z', attending: 'li', department: 'cardiology' }
    await crm.encounters.discharge(`V${value}`, { patient: id, ...stay })
    patients.push(id)
  }
  return { crm, patients }
}

/** A questionnaire of a visit, answered by its link and put right on the telephone. */
const survey = async (crm: Crm) => {
  // #region ask
  const { id } = await crm.surveys.ask({
    visit: 'V1',
    questionnaire: 'discharge-satisfaction',
    send: true,
  })
  // #endregion ask
  const asked = (await crm.surveys.get(id))?.state
  const token = asked && 'token' in asked ? asked.token : ''
  // #region answer
  const found = await crm.surveys.byToken(token)
  const answers = { doctors: 'satisfied', nurses: 'very-satisfied', recommend: 9, worse: 'yes' }
  await crm.surveys.submit({ token, answers, texts: { remark: '谢谢' }, mode: 'link' })
  // #endregion answer
  // #region amend
  const corrected = { ...answers, worse: 'no' }
  await crm.surveys.amend({
    ...{ survey: id, answers: corrected, mode: 'phone', by: 'sun' },
    why: 'misread the question',
  })
  // #endregion amend
  const { items: alarms } = await crm.tasks.about(`survey/${id}`)
  const answered = (await crm.surveys.get(id))?.state
  return {
    asked: found?.state.status,
    alarms: alarms.map(({ state }) => 'what' in state && state.what),
    responses: answered?.status === 'answered' ? answered.responses.length : 0,
  }
}

/** A complaint from the first word to the satisfied patient. */
const complaint = async (crm: Crm, patient: string) => {
  // #region complain
  const { id } = await crm.feedback.receive({
    kind: 'complaint',
    class: 'waiting',
    severity: 'ordinary',
    channel: 'phone',
    owner: 'sun',
    patient,
    department: 'cardiology',
    staff: ['li'],
    words: '等了三个小时',
  })
  await crm.feedback.offer(id, { to: 'wang' })
  await crm.feedback.accept(id, { by: 'wang' })
  // #endregion complain
  const due = (await crm.feedback.dueBy('2026-03-09')).items.length
  // #region solve
  await crm.feedback.note(id, { by: 'wang', text: '已调阅候诊记录' })
  await crm.feedback.findCauses(id, { by: 'wang', causes: ['too-few-slots'] })
  await crm.feedback.answer(id, { by: 'wang', text: '已增加上午号源' })
  await crm.feedback.confirm(id, { by: 'sun', isSatisfied: true })
  await crm.feedback.appraise(id, { by: 'zhao', staff: 'li', verdict: 'not-upheld' })
  // #endregion solve
  const known = (await crm.feedback.get(id))?.state
  return { due, status: known?.status, owner: known && 'owner' in known ? known.owner : '' }
}

/** A slot with one place: booked, waited for, given back and taken by who waited. */
const appointment = async (crm: Crm, [first = '', second = '']: readonly string[]) => {
  // #region schedule
  await crm.schedules.define(
    'cardiology-monday',
    Schedule.parse({
      title: '心内科',
      department: 'cardiology',
      practitioner: 'li',
      recurrence: 'FREQ=WEEKLY;BYDAY=MO',
      start: '2026-03-02',
      slots: [{ at: '09:00', minutes: 30, places: { phone: 1, any: 0 } }],
      remindHours: 24,
    }),
  )
  // #endregion schedule
  // #region book
  const slot = { schedule: 'cardiology-monday', day: '2026-03-09', at: '09:00', channel: 'phone' }
  const { id } = await crm.appointments.book({ ...slot, patient: first })
  const full = await crm.appointments
    .book({ ...slot, patient: second })
    .catch(({ code }: { code: string }) => code)
  const { id: waiting } = await crm.appointments.book({ ...slot, patient: second, orWait: true })
  await crm.appointments.cancel(id, { reason: 'ill' })
  // #endregion book
  await crm.work()
  clock.set('2026-03-09T02:00:00Z')
  // #region miss
  await crm.appointments.miss(waiting)
  // #endregion miss
  return { full, taken: (await crm.appointments.get(waiting))?.state.status }
}

/** The figures of the month. */
const figures = async (crm: Crm) => {
  await crm.work()
  // #region figures
  const march = { from: '2026-03-01', to: '2026-03-31', by: 'department' }
  const { data, chart, csv } = await crm.views.report('complaints', march)
  const before = await crm.views.report('noShow', { ...march, knownOn: '2026-03-08' })
  const board = await crm.views.dashboard('2026-03')
  // #endregion figures
  return { rows: data.rows, chart, csv, before: before.data.rows, names: Object.keys(board) }
}

/** Runs all four, and answers what came of each. */
export const main = async () => {
  const { crm, patients } = await opened()
  const asked = await survey(crm)
  const solved = await complaint(crm, patients[1] ?? '')
  const booked = await appointment(crm, patients)
  return { asked, solved, booked, figures: await figures(crm) }
}
