import type { AccessRule } from '../../pack/access.ts'

/** What whoever owns a complaint does with it until it is solved. */
const owning = [
  ...['feedback.read', 'feedback.note', 'feedback.offer', 'feedback.accept', 'feedback.decline'],
  ...['feedback.answer', 'feedback.find-causes'],
]
const answering = ['survey.read', 'survey.save', 'survey.submit']

/** Who may see and do what. Whoever is asked first takes a complaint, so everybody who meets patients may. */
export const xuzhouAccess: AccessRule[] = [
  {
    role: 'attending',
    may: [...['follow-up.read', 'follow-up.record-contact', 'task.read', 'task.close'], ...owning],
    where: { owner: 'self' },
    opens: 4,
  },
  {
    role: 'attending',
    may: ['patient.read', 'encounter.read', 'message.read', 'appointment.read', 'feedback.receive'],
    opens: 4,
  },
  {
    role: 'department-head',
    may: ['follow-up.read', 'survey.read', 'task.read', 'cell.read', ...owning],
    where: { department: 'scope' },
    opens: 4,
  },
  {
    role: 'call-centre',
    may: [
      ...['follow-up.*', 'spot-check.*', 'draw.read', 'patient.read', 'patient.record-consent'],
      ...['encounter.read', 'message.*', 'appointment.*', 'schedule.read', 'task.*'],
      ...['survey.ask', 'survey.amend', ...answering],
      ...['feedback.receive', 'feedback.confirm', 'feedback.reopen', 'feedback.join', ...owning],
    ],
    opens: 3,
  },
  {
    role: 'outreach',
    may: [
      ...['follow-up.read', 'follow-up.record-contact', 'patient.read', 'encounter.read'],
      ...['feedback.receive', ...answering],
    ],
    opens: 3,
  },
  {
    role: 'registration-desk',
    may: ['appointment.*', 'schedule.read', 'patient.read', 'patient.register', 'feedback.receive'],
    opens: 3,
  },
  {
    role: 'patient-relations',
    may: [
      ...['feedback.*', 'task.*', 'survey.read', 'cell.read', 'patient.read', 'encounter.read'],
      ...['message.*', 'spot-check.read'],
    ],
    opens: 4,
  },
  {
    role: 'follow-up-office',
    may: [
      ...['follow-up.*', 'spot-check.*', 'draw.*', 'patient.*', 'encounter.read', 'message.*'],
      ...['staff.*', 'intake.*', 'survey.*', 'task.*', 'schedule.*', 'appointment.*', 'cell.read'],
    ],
    opens: 4,
  },
  {
    role: 'intake',
    may: ['patient.*', 'encounter.*', 'staff.*', 'intake.*', 'appointment.*'],
    opens: 0,
  },
  {
    role: 'director',
    may: [
      ...['follow-up.read', 'draw.read', 'encounter.read', 'intake.read', 'appointment.read'],
      ...['survey.read', 'feedback.read', 'cell.read'],
    ],
    opens: 0,
  },
]
