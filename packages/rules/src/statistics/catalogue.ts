import type { Fold } from './fold.ts'
import type { Indicator } from './indicator.ts'

/** What the hospital is asked for everywhere, of the measures that `standardFolds` count. */
export const standardIndicators = {
  coverage: { id: 'coverage', kind: 'share', over: 'follow-up.attempted', under: 'follow-up.due' },
  connect: {
    id: 'connect',
    kind: 'share',
    over: 'follow-up.connected',
    under: 'follow-up.attempted',
  },
  completion: {
    id: 'completion',
    kind: 'share',
    over: 'follow-up.completed',
    under: 'follow-up.due',
  },
  onTime: { id: 'on-time', kind: 'share', over: 'follow-up.on-time', under: 'follow-up.due' },
  response: { id: 'response', kind: 'share', over: 'survey.answered', under: 'survey.sent' },
  satisfaction: {
    id: 'satisfaction',
    kind: 'share',
    over: 'survey.satisfied',
    under: 'survey.rated',
  },
  satisfactionScore: {
    id: 'satisfaction-score',
    kind: 'mean',
    sum: 'survey.score',
    squares: 'survey.score-squared',
    count: 'survey.rated',
  },
  recommendation: {
    id: 'recommendation',
    kind: 'nps',
    promoters: 'survey.promoters',
    passives: 'survey.passives',
    detractors: 'survey.detractors',
  },
  complaints: {
    id: 'complaints',
    kind: 'rate',
    over: 'complaint.received',
    under: 'encounter.discharged',
    per: 1000,
  },
  noShow: { id: 'no-show', kind: 'share', over: 'appointment.missed', under: 'appointment.due' },
  calls: { id: 'calls', kind: 'count', of: 'call.made' },
  callsConnected: {
    id: 'calls-connected',
    kind: 'share',
    over: 'call.connected',
    under: 'call.made',
  },
  talkSeconds: { id: 'talk-seconds', kind: 'count', of: 'call.seconds' },
  patients: { id: 'patients', kind: 'count', of: 'patient.valued' },
} as const satisfies Record<string, Indicator>

/** The way of a referral, from the slip to the settled fee. */
export const referralStages = [
  'referral.registered',
  'referral.arrived',
  'referral.credited',
  'referral.settled',
] as const

const place = { branch: 'branch', department: 'department' }

/** The folds behind them. Each names the fields it expects of a record's picture. */
export const standardFolds = {
  followUps: {
    id: 'follow-ups',
    of: ['follow-up'],
    day: 'due',
    period: 'month',
    keys: { ...place, doctor: 'attending', agent: 'performedBy', tier: 'tier', channel: 'channel' },
    counts: [
      {
        measure: 'follow-up.due',
        when: {
          inDenominator: true,
          state: ['completed', 'overdue', 'missed', 'unreachable'],
        },
      },
      { measure: 'follow-up.attempted', when: { inDenominator: true, attempts: { atLeast: 1 } } },
      { measure: 'follow-up.connected', when: { inDenominator: true, connected: true } },
      { measure: 'follow-up.completed', when: { inDenominator: true, state: 'completed' } },
      {
        measure: 'follow-up.on-time',
        when: { inDenominator: true, timeliness: ['early', 'on-time'] },
      },
      {
        measure: 'follow-up.electronic',
        when: { inDenominator: true, state: 'completed', electronic: true },
      },
    ],
  },
  discharges: {
    id: 'discharges',
    of: ['encounter'],
    day: 'dischargedOn',
    period: 'month',
    keys: { ...place, doctor: 'attending' },
    counts: [{ measure: 'encounter.discharged', when: { status: 'discharged' } }],
  },
  surveys: {
    id: 'surveys',
    of: ['survey'],
    day: 'sentOn',
    period: 'month',
    keys: { ...place, channel: 'channel' },
    counts: [
      { measure: 'survey.sent', when: {} },
      { measure: 'survey.answered', when: { status: 'answered' } },
      {
        measure: 'survey.electronic',
        when: { status: 'answered', electronic: true },
      },
      { measure: 'survey.rated', when: { status: 'answered', score: { atLeast: 0 } } },
      { measure: 'survey.satisfied', when: { status: 'answered', satisfied: true } },
      { measure: 'survey.score', when: { status: 'answered' }, plus: 'score' },
      {
        measure: 'survey.score-squared',
        when: { status: 'answered' },
        plus: 'score',
        squared: true,
      },
      { measure: 'survey.promoters', when: { status: 'answered', recommend: { atLeast: 9 } } },
      {
        measure: 'survey.passives',
        when: { status: 'answered', recommend: { atLeast: 7, atMost: 8 } },
      },
      { measure: 'survey.detractors', when: { status: 'answered', recommend: { atMost: 6 } } },
    ],
  },
  complaints: {
    id: 'complaints',
    of: ['complaint'],
    day: 'receivedOn',
    period: 'month',
    keys: { ...place, channel: 'channel' },
    counts: [{ measure: 'complaint.received', when: { kind: 'complaint' } }],
  },
  appointments: {
    id: 'appointments',
    of: ['appointment'],
    day: 'on',
    period: 'month',
    keys: { ...place, doctor: 'doctor', channel: 'channel' },
    counts: [
      { measure: 'appointment.due', when: { status: ['kept', 'missed'] } },
      { measure: 'appointment.missed', when: { status: 'missed' } },
    ],
  },
  referrals: {
    id: 'referrals',
    of: ['referral'],
    day: 'registeredOn',
    period: 'month',
    keys: { region: 'region', channel: 'channel', partner: 'partner' },
    counts: [
      { measure: 'referral.registered', when: {} },
      {
        measure: 'referral.arrived',
        when: { status: ['arrived', 'credited', 'settled'] },
      },
      { measure: 'referral.credited', when: { status: ['credited', 'settled'] } },
      { measure: 'referral.settled', when: { status: 'settled' } },
      { measure: 'referral.electronic', when: { electronic: true } },
    ],
  },
  calls: {
    id: 'calls',
    of: ['call'],
    day: 'on',
    period: 'day',
    keys: { agent: 'agent', channel: 'channel' },
    counts: [
      { measure: 'call.made', when: {} },
      { measure: 'call.connected', when: { connected: true } },
      { measure: 'call.seconds', when: {}, plus: 'seconds' },
    ],
  },
  values: {
    id: 'values',
    of: ['patient'],
    day: 'valuedOn',
    period: 'month',
    keys: { region: 'region', value: 'value' },
    counts: [{ measure: 'patient.valued', when: {} }],
  },
} as const satisfies Record<string, Fold>
