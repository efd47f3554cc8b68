import * as z from 'zod'
import { Benefit, FeePayer, GatePoint, PayeeClass, Payout, Service } from './subject.ts'

const Word = z.string().min(1)

/** `REVIEW` pays nothing until two named persons have released it; `DENY` never does. */
export const Judgement = z.enum(['ALLOW', 'REVIEW', 'DENY'])
export type Judgement = z.infer<typeof Judgement>

/** Where it stands in the law, and in our own words what follows from it. */
export const LegalGround = z.strictObject({
  statute: Word,
  article: Word,
  reason: Word,
  source: Word,
})
export type LegalGround = z.infer<typeof LegalGround>

const oneOf = <Schema extends z.ZodType>(word: Schema) => z.array(word).min(1).optional()

/** A row applies where every list that it has names the subject's word. */
export const GateRule = z.strictObject({
  id: Word,
  when: z.strictObject({
    point: oneOf(GatePoint),
    payeeClass: oneOf(PayeeClass),
    benefit: oneOf(Benefit),
    feePayer: oneOf(FeePayer),
    service: oneOf(Service),
    payout: oneOf(Payout),
  }),
  judgement: Judgement,
  /** The name of a ground of the profile. */
  ground: Word,
  because: Word,
  /** Papers without which even what is allowed is not in order. */
  needs: z.array(Word).optional(),
})
export type GateRule = z.infer<typeof GateRule>

/**
 * A jurisdiction as rows, of which the first that applies decides; what no row names is denied. Not
 * legal advice. Refuses two rows of one id and a row whose ground is not among the profile's.
 */
export const ComplianceProfile = z
  .strictObject({
    id: Word,
    version: z.int().positive(),
    title: Word,
    grounds: z.record(Word, LegalGround),
    rules: z.array(GateRule),
    /** The ground of what no row names. */
    otherwise: Word,
  })
  .superRefine(({ grounds, rules, otherwise }, context) => {
    const refuse = (message: string, path: PropertyKey[]) =>
      context.addIssue({ code: 'custom', message, path })
    const ids = rules.map(({ id }) => id)
    rules.forEach(({ id, ground }, place) => {
      if (ids.indexOf(id) !== place) refuse('compliance.rule-twice', ['rules', place, 'id'])
      if (!Object.hasOwn(grounds, ground)) {
        refuse('compliance.ground-unknown', ['rules', place, 'ground'])
      }
    })
    if (!Object.hasOwn(grounds, otherwise)) refuse('compliance.ground-unknown', ['otherwise'])
  })
export type ComplianceProfile = z.infer<typeof ComplianceProfile>
