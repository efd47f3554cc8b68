import * as z from 'zod'

/** When the gate is asked: early, so that nobody works for what will not be paid, and last, at the till. */
export const GatePoint = z.enum([
  'plan-activation',
  'touch-capture',
  'settlement',
  'payment-export',
])
export type GatePoint = z.infer<typeof GatePoint>

/** Who would be paid, as the law looks at them. */
export const PayeeClass = z.enum([
  /** Employed in this hospital, without patients of their own. */
  'own-marketer',
  'own-clinician',
  /** Engaged by this hospital from outside, for a fee. */
  'part-timer',
  /** Licensed clinicians and any other staff of another medical institution. */
  'clinician-elsewhere',
  'institution-elsewhere',
  /** Public institutions and officials, and transfers inside a medical consortium. */
  'public-body',
  'pharmacy',
  /** A firm that buys check-ups for its people, and whoever organises them there. */
  'enterprise',
  /** A licensed intermediary under contract that issues invoices. */
  'intermediary',
  /** Any private person who brings a patient. */
  'introducer',
  'patient',
])
export type PayeeClass = z.infer<typeof PayeeClass>

/** What they would get. `report` is being counted, and nothing else. */
export const Benefit = z.enum(['share-of-fees', 'per-patient', 'fixed-fee', 'discount', 'report'])
export type Benefit = z.infer<typeof Benefit>

/** Whose money the fee was. */
export const FeePayer = z.enum(['self-pay', 'commercial-insurance', 'public-insurance'])
export type FeePayer = z.infer<typeof FeePayer>

/** What the fee was for. */
export const Service = z.enum([
  'treatment',
  'check-up',
  'drug',
  'laboratory',
  'addiction-treatment',
])
export type Service = z.infer<typeof Service>

/** Where the money would go. Only a verified account of the payee's own is good. */
export const Payout = z.enum(['own-account', 'unverified-account', 'third-person', 'cash'])
export type Payout = z.infer<typeof Payout>

/** One question to the gate. `payout` belongs to a payment and counts as unverified where it lacks. */
export const GateSubject = z.strictObject({
  point: GatePoint,
  payeeClass: PayeeClass,
  benefit: Benefit,
  feePayer: FeePayer,
  service: Service,
  payout: Payout.optional(),
  /** Who would be paid: nobody releases their own money. */
  payee: z.string().min(1).optional(),
})
export type GateSubject = z.infer<typeof GateSubject>
