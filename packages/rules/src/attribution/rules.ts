import * as z from 'zod'

const Word = z.string().min(1)

/** Whose merit is asked for: the hospital's own representative's, or the partner's. */
export const AttributionRole = z.enum(['rep', 'partner'])
export type AttributionRole = z.infer<typeof AttributionRole>

/** One kind of evidence that somebody brought a patient. */
export const EvidenceRule = z.strictObject({
  kind: Word,
  /** 1 is the strongest; several kinds may be of one class. */
  class: z.int().positive(),
  /**
   * `before-visit`: it happened and was recorded before the patient registered; at the same instant
   * the registration was first. `at-visit`: it is shown on the day of the visit at the latest.
   */
  timing: z.enum(['before-visit', 'at-visit']),
  /** Local days from the touch to the visit; the last one counts. */
  windowDays: z.int().min(0).max(3660),
  /** Desks that must all have confirmed it. */
  confirmedBy: z.array(Word).default([]),
  /** A number that may be used once, such as that of a slip. */
  singleUse: z.boolean().default(false),
})
export type EvidenceRule = z.infer<typeof EvidenceRule>

/**
 * How merit is decided: the strongest evidence wins, then the earliest, then the smaller id; one
 * winner per role. Refuses two rules for one kind (`attribution.kind-twice`).
 */
export const AttributionRules = z
  .strictObject({
    id: Word,
    version: z.int().positive(),
    evidence: z.array(EvidenceRule),
    /** So many months from the visit a patient stays with who brought them, the last day included. */
    bindMonths: z.int().positive().optional(),
    /** A visit is a first one where none was in so many months before; all time where absent. */
    newAfterMonths: z.int().positive().optional(),
  })
  .superRefine(({ evidence }, context) => {
    const kinds = evidence.map(({ kind }) => kind)
    kinds.forEach((kind, place) => {
      if (kinds.indexOf(kind) === place) return
      const path = ['evidence', place, 'kind']
      context.addIssue({ code: 'custom', message: 'attribution.kind-twice', path })
    })
  })
export type AttributionRules = z.infer<typeof AttributionRules>
