import { Draw, DrawMember, DrawRound } from '@hospital-crm/rules'
import * as z from 'zod'
import { Id, Instant, Text } from '../../kernel/fields.ts'

const frame = {
  /** The follow-up plan's id, or `spot-check` for work that is checked. */
  plan: Text,
  tier: z.int().positive(),
  /** `YYYY-Www`. */
  frame: Text,
}

/** Work that may be checked: whose follow-up, who made it where anybody said, and the role that checks. */
const Work = z.strictObject({ patient: Id, performer: Id.optional(), role: Text })

/** The draw of one tier for one week, by `plan/tier/week`: awaited until the week is over, then on record for ever. */
export const DrawRecord = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('awaited'), ...frame, rate: z.number(), due: Instant }),
  z.strictObject({
    status: z.literal('drawn'),
    draw: Draw,
    rate: z.number(),
    /** Of draws of work, by visit. */
    work: z.record(Id, Work),
    /** Since when somebody waits who came late. */
    due: Instant.optional(),
  }),
])
export type DrawRecord = z.infer<typeof DrawRecord>

export const DrawCommand = z.discriminatedUnion('type', [
  /** Says that a visit waits for this draw. */
  z.strictObject({
    type: z.literal('await'),
    ...frame,
    rate: z.number().min(0).max(1),
    frameEnds: Instant,
    visit: Id,
    generation: z.int().positive(),
  }),
  z.strictObject({
    type: z.literal('decide'),
    ...frame,
    eligible: z.array(DrawMember.extend({ visit: Id, work: Work.optional() })),
    secret: Text,
  }),
])
export type DrawCommand = z.infer<typeof DrawCommand>

export const DrawEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('draw.awaited'), ...frame, rate: z.number(), due: Instant }),
  /** Somebody came late: the draw is due again. */
  z.strictObject({ type: z.literal('draw.reopened'), rate: z.number(), due: Instant }),
  z.strictObject({
    type: z.literal('draw.decided'),
    ...frame,
    seed: Text,
    round: DrawRound,
    /** Work that came into the frame, by visit, and what of all was selected. */
    work: z.record(Id, Work),
    checks: z.array(Work.extend({ visit: Id, generation: z.int().positive() })),
  }),
  /** Somebody waits who was drawn before, and is told again. */
  z.strictObject({ type: z.literal('draw.repeated'), visit: Id, draw: Draw }),
])
export type DrawEvent = z.infer<typeof DrawEvent>
