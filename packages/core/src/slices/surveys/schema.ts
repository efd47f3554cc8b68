import { SurveyAnswers, SurveyScore } from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Id, Instant, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

/** By which way an answer came. */
const Mode = z.enum(['link', 'phone', 'paper', 'kiosk', 'visit'])
/** Who answered in the patient's place. */
const AnsweredBy = z.enum(['family', 'carer', 'guardian', 'other'])

const asked = {
  /** `id@version`. */
  questionnaire: Text,
  patient: Id,
  visit: Id,
  department: Id.optional(),
  attending: Id.optional(),
  /** The follow-up that caused it, by its key. */
  task: Id.optional(),
  /** Local day on which it was asked, and the instant from which its link is of no use. */
  askedOn: Day,
  expires: Instant,
  token: Id,
  /** Whether a link goes to the patient. */
  send: z.boolean(),
}
const said = {
  answers: SurveyAnswers,
  /** Free texts by question, sealed. */
  texts: z.record(z.string(), Sealed),
}
const response = {
  ...said,
  mode: Mode,
  /** Who wrote it down; absent where the patient did. */
  by: Id.optional(),
  proxy: AnsweredBy.optional(),
  score: SurveyScore,
}
const Response = z.strictObject({
  ...response,
  at: Instant,
  /** Of an amendment. */
  why: Text.optional(),
})

export const Survey = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  /** An invitation that is the same for everybody was sent; nobody learns what came of it. */
  z.strictObject({ status: z.literal('invited'), questionnaire: Text, invitedAt: Instant }),
  /** A link's token: whoever has it may answer this survey. */
  z.strictObject({ status: z.literal('token'), of: Id }),
  z.strictObject({
    status: z.enum(['asked', 'expired']),
    ...asked,
    /** What was given so far and not handed in. */
    draft: z.strictObject(said).optional(),
  }),
  /** All versions of the one response, the first one first; the last one stands. */
  z.strictObject({ status: z.literal('answered'), ...asked, responses: z.array(Response).min(1) }),
  /** Of nobody: nothing here leads to a person, a visit or a day. */
  z.strictObject({
    status: z.literal('anonymous'),
    questionnaire: Text,
    department: Id.optional(),
    mode: Mode,
    /** `YYYY-MM`. */
    month: z.string(),
    ...said,
    score: SurveyScore,
  }),
])
export type Survey = z.infer<typeof Survey>
export type Asked = Extract<Survey, { status: 'asked' | 'expired' | 'answered' }>

const text = personal(z.string().trim().min(1).max(4000), { as: 'text', level: 4 })
const given = { answers: SurveyAnswers, texts: z.record(Id, text).default({}) }
/** A survey by its own id, or by the token of its link. */
const which = { survey: Id.optional(), token: Id.optional() }
const isNamed = ({ survey, token }: { survey?: string | undefined; token?: string | undefined }) =>
  survey !== undefined || token !== undefined
const handedIn = {
  ...given,
  mode: Mode,
  by: Id.optional(),
  proxy: AnsweredBy.optional(),
}

export const SurveyCommand = z.discriminatedUnion('type', [
  /** Asks once for each visit and questionnaire; the same again changes nothing. */
  z.strictObject({
    type: z.literal('ask'),
    visit: Id,
    /** By id, then its newest version, or by `id@version`. */
    questionnaire: Text,
    send: z.boolean().default(false),
  }),
  /** Asks what the tier of a follow-up names, where the pack sends surveys. */
  z.strictObject({
    type: z.literal('ask-for-task'),
    visit: Id,
    task: Id,
    plan: Text,
    tier: z.int().positive(),
  }),
  z.strictObject({ type: z.literal('save'), ...which, ...given }).refine(isNamed),
  z.strictObject({ type: z.literal('submit'), ...which, ...handedIn }).refine(isNamed),
  z.strictObject({ type: z.literal('amend'), survey: Id, ...handedIn, by: Id, why: Text }),
  z.strictObject({ type: z.literal('expire'), survey: Id }),
  z.strictObject({
    type: z.literal('submit-anonymously'),
    /** Drawn at random by whoever shows the form, so that sending it twice counts once. */
    response: z.string().min(16).max(100),
    questionnaire: Text,
    department: Id.optional(),
    mode: Mode,
    ...given,
  }),
])
export type SurveyCommand = z.infer<typeof SurveyCommand>

/** Red flags that were not raised before: who looks at it, and until when. */
const RaisedFlag = z.strictObject({ flag: Text, role: Text, due: Instant })
const about = {
  questionnaire: Text,
  department: Id.optional(),
  flags: z.array(RaisedFlag),
}
const whose = { patient: Id, visit: Id, attending: Id.optional(), send: z.boolean() }

export const SurveyEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('survey.asked'), ...asked, at: Instant }),
  z.strictObject({ type: z.literal('survey.token-issued'), of: Id }),
  z.strictObject({
    type: z.literal('survey.invited-anonymously'),
    patient: Id,
    questionnaire: Text,
    until: Instant,
    at: Instant,
  }),
  z.strictObject({ type: z.literal('survey.saved'), ...said, at: Instant }),
  z.strictObject({
    type: z.literal('survey.submitted'),
    ...response,
    ...about,
    ...whose,
    at: Instant,
  }),
  z.strictObject({
    type: z.literal('survey.amended'),
    ...response,
    ...about,
    ...whose,
    why: Text,
    at: Instant,
  }),
  z.strictObject({ type: z.literal('survey.expired'), at: Instant }),
  z.strictObject({
    type: z.literal('survey.answered-anonymously'),
    ...said,
    ...about,
    mode: Mode,
    month: z.string(),
    score: SurveyScore,
  }),
])
export type SurveyEvent = z.infer<typeof SurveyEvent>
