import {
  AreaCode,
  CommissionTerms,
  Judgement,
  LegalGround,
  PayeeClass,
  Release,
  Service,
  type Verdict,
} from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Id, Instant, isFieldName, Text } from '../../kernel/fields.ts'
import { personal, Sealed } from '../../kernel/personal.ts'

const Kind = z.enum([
  'hospital',
  'department',
  'clinic',
  'company',
  'university',
  'pharmacy',
  'venue',
  'intermediary',
  /** A private person. */
  'introducer',
])

const details = {
  kind: Kind,
  /** Of an organisation. A private person's name is personal and stands with their contact. */
  name: Text.optional(),
  /** The hospital's own division of its partners, by which targets are set: `clinics`, `community`. */
  channel: Text,
  /** What the law takes them for; the kind says which classes it may be. */
  payeeClass: PayeeClass,
  /** Of a department: the hospital it belongs to, a partner as well. */
  parent: Id.optional(),
  area: AreaCode.optional(),
}
const Details = z.strictObject(details).partial()

const contact = {
  name: personal(Text, { as: 'name', level: 2, subject: 'contact' }).optional(),
  phones: z
    .array(personal(Text, { as: 'phone', level: 3, subject: 'contact' }))
    .max(10)
    .optional(),
  /** Their identity number, by which somebody who refers themselves is noticed. */
  identifier: personal(Text, { as: 'identifier', level: 4, subject: 'contact' }).optional(),
  position: Text.optional(),
}
const Contact = z.strictObject({
  name: Sealed.optional(),
  phones: z.array(Sealed).optional(),
  identifier: Sealed.optional(),
  position: Text.optional(),
})

/** What a partner gets: by results, after terms that say when they are in force; or otherwise. */
const Pays = z.union([
  z.strictObject({ terms: CommissionTerms.refine(({ role }) => role === 'partner') }),
  z
    .strictObject({
      benefit: z.enum(['fixed-fee', 'discount', 'report']),
      services: z.array(Service).min(1).readonly(),
      from: Day,
      to: Day.optional(),
    })
    .refine(({ from, to }) => to === undefined || from <= to, { path: ['to'] }),
])
export type Pays = z.infer<typeof Pays>

/** What the gate said, as it stands on record. */
const Finding = z.strictObject({
  judgement: Judgement,
  profile: Text,
  rule: Text,
  because: Text,
  ground: LegalGround,
  needs: z.array(z.string()).readonly(),
  release: z.string().optional(),
  lapsed: z.strictObject({ release: z.string(), because: z.string() }).optional(),
}) satisfies z.ZodType<Verdict>
export type Finding = z.infer<typeof Finding>

const Standing = z.enum(['active', 'awaiting-release', 'denied'])

const opinion = z.strictObject({ author: Text, document: Text })
/** The first of two signatures under a release, waiting for the other. */
const Proposed = z.strictObject({ person: Id, role: Text, opinion, validUntil: Instant })

const Agreement = z.strictObject({
  agreement: Id,
  pays: Pays,
  /** After an ended one nothing is earned any more. */
  endedOn: Day.optional(),
  standing: Standing,
  findings: z.array(Finding),
  releases: z.array(Release),
  proposed: Proposed.optional(),
})
export type Agreement = z.infer<typeof Agreement>

const target = { year: z.int().min(1900).max(2999), channel: Text, count: z.int().min(0) }

const Visit = z.strictObject({ on: Day, rep: Id, note: Sealed.optional() })

/** An organisation or person who sends patients; and how many a channel shall have in a year (`target:year:channel`). */
export const Partner = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('partner'),
    ...details,
    /** The representative who looks after them. */
    owner: Id,
    since: Day,
    /** The last day on which they are credited. */
    endedOn: Day.optional(),
    contacts: z.record(Id, Contact),
    agreements: z.array(Agreement),
    visits: z.array(Visit),
  }),
  z.strictObject({ status: z.literal('target'), ...target }),
])
export type Partner = z.infer<typeof Partner>
export type KnownPartner = Extract<Partner, { status: 'partner' }>

const of = { partner: Id }

export const PartnerCommand = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('register'),
      ...of,
      ...details,
      owner: Id,
      since: Day.optional(),
    })
    .refine(({ kind, name }) => (kind === 'introducer') === (name === undefined), {
      path: ['name'],
    }),
  z.strictObject({ type: z.literal('change'), ...of, ...Details.omit({ kind: true }).shape }),
  z.strictObject({
    type: z.literal('name-contact'),
    ...of,
    contact: Id.refine(isFieldName),
    ...contact,
  }),
  /** Destroys what is known of a contact. */
  z.strictObject({ type: z.literal('drop-contact'), ...of, contact: Id }),
  z.strictObject({ type: z.literal('agree'), ...of, agreement: Id, pays: Pays }),
  z.strictObject({
    type: z.literal('propose-release'),
    ...of,
    agreement: Id,
    /** In which the actor signs. */
    role: Text,
    opinion,
    validUntil: Instant,
  }),
  z.strictObject({ type: z.literal('confirm-release'), ...of, agreement: Id, role: Text }),
  z.strictObject({ type: z.literal('end-agreement'), ...of, agreement: Id, on: Day }),
  z.strictObject({
    type: z.literal('record-visit'),
    ...of,
    on: Day,
    rep: Id,
    note: personal(z.string().trim().min(1).max(4000), { as: 'text', level: 3 }).optional(),
  }),
  z.strictObject({ type: z.literal('hand-over'), ...of, from: Id, to: Id }),
  z.strictObject({ type: z.literal('end'), ...of, on: Day }),
  z.strictObject({ type: z.literal('resume'), ...of }),
  z.strictObject({ type: z.literal('set-target'), ...target }),
])
export type PartnerCommand = z.infer<typeof PartnerCommand>

const judged = { standing: Standing, findings: z.array(Finding), releases: z.array(Release) }

export const PartnerEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('partner.registered'), ...details, owner: Id, since: Day }),
  z.strictObject({ type: z.literal('partner.changed'), ...Details.omit({ kind: true }).shape }),
  z.strictObject({ type: z.literal('partner.contact-named'), contact: Id, ...Contact.shape }),
  z.strictObject({ type: z.literal('partner.contact-dropped'), contact: Id }),
  /** With what the gate said of it, and on which ground. */
  z.strictObject({ type: z.literal('partner.agreed'), agreement: Id, pays: Pays, ...judged }),
  z.strictObject({ type: z.literal('partner.agreement-judged'), agreement: Id, ...judged }),
  z.strictObject({ type: z.literal('partner.release-proposed'), agreement: Id, ...Proposed.shape }),
  z.strictObject({ type: z.literal('partner.agreement-ended'), agreement: Id, on: Day }),
  z.strictObject({ type: z.literal('partner.visited'), ...Visit.shape }),
  z.strictObject({ type: z.literal('partner.handed-over'), from: Id, to: Id }),
  z.strictObject({ type: z.literal('partner.ended'), on: Day }),
  z.strictObject({ type: z.literal('partner.resumed') }),
  z.strictObject({ type: z.literal('partner.target-set'), ...target }),
])
export type PartnerEvent = z.infer<typeof PartnerEvent>
