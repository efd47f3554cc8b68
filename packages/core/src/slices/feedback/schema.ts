import * as z from 'zod'
import { Day, Id, Instant, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const Kind = z.enum(['complaint', 'suggestion', 'praise', 'thanks'])
const Verdict = z.enum(['upheld', 'partly-upheld', 'not-upheld'])

const content = {
  kind: Kind,
  /** As the pack names its classes and severities. */
  class: Text,
  severity: Text.optional(),
  channel: z.enum(['phone', 'desk', 'letter', 'web', 'survey', 'authority', 'visit']),
  /** Who was asked first, and so owns it until it is solved. */
  owner: Id,
  patient: Id.optional(),
  visit: Id.optional(),
  department: Id.optional(),
  /** Whom it speaks of. */
  staff: z.array(Id).max(50),
}
const plain = (level: 3 | 4, as: 'text' | 'phone' = 'text') =>
  personal(z.string().trim().min(1).max(10_000), { as, level })

/** Since when somebody owes an answer, and when the next level is told that it is not there. */
const owed = { due: Day.optional(), wake: Instant.optional() }

const Entry = z.strictObject({ at: Instant, by: Id, text: Sealed })
const Appraisal = z.strictObject({ staff: Id, verdict: Verdict, by: Id, at: Instant })
const Reopening = z.strictObject({ at: Instant, by: Id, reason: Text })

/** What somebody said of the hospital, by its own id. */
export const Feedback = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    /** `noted`: praise and thanks, of which nobody owes an answer. */
    status: z.enum(['noted', 'open', 'answered', 'closed']),
    ...content,
    receivedAt: Instant,
    receivedOn: Day,
    words: Sealed,
    contact: Sealed.optional(),
    ...owed,
    /** Levels of escalation that were told of the present deadline. */
    told: z.int(),
    /** Somebody to whom it is offered, and who has not accepted yet. */
    offeredTo: Id.optional(),
    notes: z.array(Entry),
    answers: z.array(Entry),
    causes: z.array(Text),
    appraisals: z.array(Appraisal),
    reopenings: z.array(Reopening),
    /** Others that say the same. */
    duplicates: z.array(Id),
  }),
  z.strictObject({ status: z.literal('joined'), into: Id }),
])
export type Feedback = z.infer<typeof Feedback>
export type Known = Exclude<Feedback, { status: 'none' | 'joined' }>

const on = { feedback: Id, by: Id }

export const FeedbackCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('receive'),
    /** Its number where the host gives one. */
    feedback: Id.optional(),
    ...content,
    staff: content.staff.default([]),
    /** When it was said, now unless told. */
    at: Instant.optional(),
    words: plain(4),
    contact: plain(3, 'phone').optional(),
  }),
  z.strictObject({ type: z.literal('note'), ...on, text: plain(4) }),
  /** Offers it to somebody else; until they accept the owner stays. */
  z.strictObject({ type: z.literal('offer'), feedback: Id, to: Id }),
  z.strictObject({ type: z.literal('accept'), ...on }),
  z.strictObject({ type: z.literal('decline'), ...on, reason: Text }),
  z.strictObject({ type: z.literal('appraise'), ...on, staff: Id, verdict: Verdict }),
  /** Names the root causes, instead of those that were named. */
  z.strictObject({ type: z.literal('find-causes'), ...on, causes: z.array(Text).max(20) }),
  z.strictObject({ type: z.literal('answer'), ...on, text: plain(4) }),
  /** What whoever complained says to the answer. */
  z.strictObject({ type: z.literal('confirm'), ...on, isSatisfied: z.boolean() }),
  z.strictObject({ type: z.literal('reopen'), ...on, reason: Text }),
  z.strictObject({ type: z.literal('join'), ...on, into: Id }),
  /** Tells the levels whose time has come. */
  z.strictObject({ type: z.literal('escalate'), feedback: Id }),
])
export type FeedbackCommand = z.infer<typeof FeedbackCommand>

export const FeedbackEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('feedback.received'),
    ...content,
    receivedOn: Day,
    words: Sealed,
    contact: Sealed.optional(),
    ...owed,
    at: Instant,
  }),
  z.strictObject({ type: z.literal('feedback.note-taken'), ...Entry.shape }),
  z.strictObject({ type: z.literal('feedback.offered'), owner: Id, to: Id, at: Instant }),
  z.strictObject({ type: z.literal('feedback.accepted'), from: Id, by: Id, at: Instant }),
  z.strictObject({
    type: z.literal('feedback.declined'),
    owner: Id,
    by: Id,
    reason: Text,
    at: Instant,
  }),
  z.strictObject({ type: z.literal('feedback.appraised'), ...Appraisal.shape }),
  z.strictObject({
    type: z.literal('feedback.causes-found'),
    causes: z.array(Text),
    by: Id,
    at: Instant,
  }),
  z.strictObject({ type: z.literal('feedback.answered'), ...Entry.shape, patient: Id.optional() }),
  z.strictObject({ type: z.literal('feedback.closed'), by: Id, at: Instant }),
  z.strictObject({
    type: z.literal('feedback.reopened'),
    ...Reopening.shape,
    owner: Id,
    ...owed,
  }),
  z.strictObject({
    type: z.literal('feedback.escalated'),
    /** Counted from 1 for each deadline, and whom the pack names for it. */
    level: z.int().positive(),
    to: Text,
    owner: Id,
    due: Day,
    /** When it became true. */
    at: Instant,
    wake: Instant.optional(),
  }),
  z.strictObject({ type: z.literal('feedback.joined'), into: Id, by: Id, at: Instant }),
  z.strictObject({ type: z.literal('feedback.duplicate-found'), of: Id, at: Instant }),
])
export type FeedbackEvent = z.infer<typeof FeedbackEvent>
