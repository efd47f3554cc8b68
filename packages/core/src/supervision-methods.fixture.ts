import { friendsAndFamily } from '@hospital-crm/rules'
import { nameOf } from './canary-words.fixture.ts'
import type { Call, Person, Place } from './every-method.fixture.ts'
import type { packOf } from './hospital.fixture.ts'

/** What a rule pack says of surveys and of complaints. */
export const supervised: NonNullable<Parameters<typeof packOf>[0]> = {
  surveys: { questionnaires: [friendsAndFamily], threshold: 1 },
  feedback: {
    classes: ['attitude', 'cost'],
    severities: {
      ordinary: { answerWithin: { days: 30 }, escalation: [{ afterDays: 0, to: 'owner' }] },
    },
    reopenWithinDays: 30,
  },
}

/** The ids by which surveys are reached: of one to be answered, its link's token, and one answered. */
export interface Surveyed {
  readonly asked: string
  readonly token: string
  readonly answered: string
}

const complaint = {
  kind: 'complaint',
  class: 'attitude',
  severity: 'ordinary',
  channel: 'phone',
  owner: 'li',
  department: 'cardio',
} as const
const questionnaire = 'friends-and-family'
const duty = { what: 'call-back', role: 'quality', due: '2026-03-20T02:00:00Z' }
const anyone: Person = (number) => ({
  number,
  name: nameOf(number),
  phones: [`1540000${number.padStart(4, '0')}`],
  address: '',
  birthDate: '1950-01-02',
})
const answersOf = (person: Person) => ({
  answers: { overall: 'good' },
  texts: { why: `said by ${person('8').name}` },
})

/** Fills a hospital with surveys, complaints and tasks of the person in the house as V2. */
export const fillSupervision = async (
  { surveys, feedback, tasks }: Place['desk'],
  { person, patient }: { readonly person: Person; readonly patient: string },
): Promise<Surveyed> => {
  const ask = async (visit: string) => (await surveys.ask({ visit, questionnaire })).id
  const asked = await ask('V2')
  const answered = await ask('V4')
  await surveys.submit({ survey: answered, answers: { overall: 'good' }, mode: 'phone', by: 'li' })
  const { state } = (await surveys.get(asked)) ?? {}
  const { name, phones } = person('3')
  const said = { words: `words of ${name}`, contact: phones[0], patient, visit: 'V2' }
  for (const id of ['open', 'done'])
    await feedback.receive({ feedback: id, ...complaint, staff: ['li'], ...said })
  await feedback.offer('open', { to: 'wang' })
  await feedback.appraise('done', { by: 'zhao', staff: 'li', verdict: 'not-upheld' })
  await feedback.answer('done', { by: 'li', text: `answer to ${name}` })
  await tasks.open('call', { ...duty, patient, about: 'feedback/open' })
  return { asked, token: state && 'token' in state ? state.token : '', answered }
}

const plain = { open: true }
const march = { from: '2026-03-01', to: '2026-03-31', by: 'department' }

/** Every method about surveys, complaints, tasks and figures, with a call that finds something there. */
export const supervisionCalls: Readonly<Record<string, Call>> = {
  'surveys.ask': ({ desk }, _, cause) =>
    desk.surveys.ask({ visit: 'V1', questionnaire, send: true }, { cause }),
  'surveys.save': ({ desk, person = anyone }, { token }, cause) =>
    desk.surveys.save({ token, ...answersOf(person) }, { cause }),
  'surveys.submit': ({ desk, person = anyone }, { token }, cause) =>
    desk.surveys.submit({ token, ...answersOf(person), mode: 'link' }, { cause }),
  'surveys.amend': ({ desk }, { answered }, cause) =>
    desk.surveys.amend(
      { survey: answered, answers: { overall: 'poor' }, mode: 'phone', by: 'li', why: 'misheard' },
      { cause },
    ),
  'surveys.submitAnonymously': ({ desk, person = anyone }, _, cause) =>
    desk.surveys.submitAnonymously(
      {
        ...{
          response: 'drawn-at-random-1',
          questionnaire,
          mode: 'kiosk',
        },
        ...answersOf(person),
      },
      { cause },
    ),
  'surveys.get': ({ desk }, { asked }) => desk.surveys.get(asked, plain),
  'surveys.byToken': ({ desk }, { token }) => desk.surveys.byToken(token, plain),
  'surveys.ofVisit': ({ desk }) => desk.surveys.ofVisit('V2', plain),
  'surveys.ofPatient': ({ desk }, { guest }) => desk.surveys.ofPatient(guest, plain),
  'surveys.list': ({ desk }) =>
    desk.surveys.list({ departments: [''], status: ['asked', 'answered'], ...plain }),

  'feedback.receive': ({ desk, person = anyone }, { guest: patient }, cause) =>
    desk.feedback.receive(
      {
        ...complaint,
        staff: ['li'],
        patient,
        words: person('8').name,
        contact: person('8').phones[0],
      },
      { cause },
    ),
  'feedback.note': ({ desk, person = anyone }, _, cause) =>
    desk.feedback.note('open', { by: 'li', text: person('8').name }, { cause }),
  'feedback.offer': ({ desk }, _, cause) => desk.feedback.offer('open', { to: 'zhao' }, { cause }),
  'feedback.accept': ({ desk }, _, cause) =>
    desk.feedback.accept('open', { by: 'wang' }, { cause }),
  'feedback.decline': ({ desk }, _, cause) =>
    desk.feedback.decline('open', { by: 'wang', reason: 'on leave' }, { cause }),
  'feedback.appraise': ({ desk }, _, cause) =>
    desk.feedback.appraise('open', { by: 'zhao', staff: 'li', verdict: 'upheld' }, { cause }),
  'feedback.findCauses': ({ desk }, _, cause) =>
    desk.feedback.findCauses('open', { by: 'li', causes: ['queue'] }, { cause }),
  'feedback.answer': ({ desk, person = anyone }, _, cause) =>
    desk.feedback.answer('open', { by: 'li', text: person('8').name }, { cause }),
  'feedback.confirm': ({ desk }, _, cause) =>
    desk.feedback.confirm('done', { by: 'zhao', isSatisfied: false }, { cause }),
  'feedback.reopen': ({ desk }, _, cause) =>
    desk.feedback.reopen('done', { by: 'zhao', reason: 'again' }, { cause }),
  'feedback.join': ({ desk }, _, cause) =>
    desk.feedback.join('open', { by: 'li', into: 'done' }, { cause }),
  'feedback.get': ({ desk }) => desk.feedback.get('open', plain),
  'feedback.ownedBy': ({ desk }) => desk.feedback.ownedBy('li', plain),
  'feedback.offeredTo': ({ desk }) => desk.feedback.offeredTo('wang', plain),
  'feedback.ofPatient': ({ desk }, { guest }) => desk.feedback.ofPatient(guest, plain),
  'feedback.appraised': ({ desk }) => desk.feedback.appraised('li', plain),
  'feedback.list': ({ desk }) =>
    desk.feedback.list({ status: ['open', 'answered'], kinds: ['complaint'] }, plain),
  'feedback.ofDepartments': ({ desk }) =>
    desk.feedback.ofDepartments({ departments: ['cardio'], status: ['open'] }, plain),
  'feedback.dueBy': ({ desk }) => desk.feedback.dueBy('2026-04-30', plain),

  'tasks.open': ({ desk }, { guest }, cause) =>
    desk.tasks.open('new', { ...duty, patient: guest }, { cause }),
  'tasks.assign': ({ desk }, _, cause) => desk.tasks.assign('call', 'li', { cause }),
  'tasks.close': ({ desk, person = anyone }, _, cause) =>
    desk.tasks.close('call', { outcome: 'done', by: 'li', note: person('8').name }, { cause }),
  'tasks.get': ({ desk }) => desk.tasks.get('call', plain),
  'tasks.openOf': ({ desk }) => desk.tasks.openOf({ role: 'quality' }, plain),
  'tasks.about': ({ desk }) => desk.tasks.about('feedback/open', plain),

  'views.report': ({ desk }) => desk.views.report('complaints', march),
  'views.reportForPublication': ({ desk }) =>
    desk.views.reportForPublication('satisfaction', march),
  'views.dashboard': ({ desk }) => desk.views.dashboard('2026-03'),
}
