import * as z from 'zod'

/** An element that is of no use when it is malformed: it is missing, and the resource is read without it. */
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)

/** Of a list the entries that can be read. */
const list = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((entries) =>
      entries.flatMap((entry) => {
        const read = schema.safeParse(entry)
        return read.success ? [read.data] : []
      }),
    )

const Text = z.string().transform((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
const text = maybe(Text.pipe(z.string().min(1)))

const Coding = z.object({ system: text, code: text, display: text })
export const CodeableConcept = z.object({ coding: list(Coding), text })
export type CodeableConcept = z.output<typeof CodeableConcept>

export const Identifier = z.object({
  system: text,
  value: text,
  type: maybe(CodeableConcept),
})
export type Identifier = z.output<typeof Identifier>

export const Reference = z.object({
  reference: text,
  display: text,
  identifier: maybe(Identifier),
})
export type Reference = z.output<typeof Reference>

const HumanName = z.object({ use: text, text, family: text, given: list(Text) })
const ContactPoint = z.object({ system: text, value: text, use: text })
const Address = z.object({
  use: text,
  text,
  line: list(Text),
  city: text,
  district: text,
  state: text,
  postalCode: text,
  country: text,
})
export type Address = z.output<typeof Address>

const Meta = z.object({ versionId: text, lastUpdated: text })

/** What every resource has. */
export const Resource = z.object({
  resourceType: z.string().min(1),
  id: text,
  meta: maybe(Meta),
  contained: list(z.looseObject({ id: z.string() })),
})
export type Resource = z.output<typeof Resource>

export const Patient = Resource.extend({
  identifier: list(Identifier),
  name: list(HumanName),
  telecom: list(ContactPoint),
  gender: text,
  birthDate: text,
  deceasedBoolean: maybe(z.boolean()),
  deceasedDateTime: text,
  address: list(Address),
  link: list(z.object({ other: Reference, type: z.string() })),
})
export type Patient = z.output<typeof Patient>

export const Encounter = Resource.extend({
  identifier: list(Identifier),
  status: text,
  class: maybe(Coding),
  serviceType: maybe(CodeableConcept),
  subject: maybe(Reference),
  participant: list(z.object({ type: list(CodeableConcept), individual: maybe(Reference) })),
  period: maybe(z.object({ start: text, end: text })),
  reasonCode: list(CodeableConcept),
  diagnosis: list(z.object({ condition: Reference })),
  hospitalization: maybe(z.object({ dischargeDisposition: maybe(CodeableConcept) })),
  location: list(z.object({ location: Reference, physicalType: maybe(CodeableConcept) })),
  serviceProvider: maybe(Reference),
})
export type Encounter = z.output<typeof Encounter>

export const Appointment = Resource.extend({
  identifier: list(Identifier),
  status: text,
  cancelationReason: maybe(CodeableConcept),
  serviceType: list(CodeableConcept),
  specialty: list(CodeableConcept),
  start: text,
  participant: list(z.object({ actor: maybe(Reference) })),
})
export type Appointment = z.output<typeof Appointment>

export const ServiceRequest = Resource.extend({
  identifier: list(Identifier),
  status: text,
  category: list(CodeableConcept),
  subject: maybe(Reference),
  authoredOn: text,
  requester: maybe(Reference),
})
export type ServiceRequest = z.output<typeof ServiceRequest>

/** An item of a response, with the items it holds; what is deeper is left out. */
const Answer = z.object({
  valueBoolean: maybe(z.boolean()),
  valueDecimal: maybe(z.number()),
  valueInteger: maybe(z.number()),
  valueString: text,
  valueCoding: maybe(Coding),
  item: maybe(z.array(z.unknown())),
})
export const ResponseItem = z.object({
  linkId: z.string().min(1),
  answer: list(Answer),
  item: maybe(z.array(z.unknown())),
})

export const QuestionnaireResponse = Resource.extend({
  identifier: maybe(Identifier),
  questionnaire: text,
  status: text,
  encounter: maybe(Reference),
  authored: text,
  item: maybe(z.array(z.unknown())),
})
export type QuestionnaireResponse = z.output<typeof QuestionnaireResponse>

/** A practitioner, organisation, location or condition as far as an encounter speaks of it. */
export const Spoken = z.object({
  identifier: list(Identifier),
  name: z
    .union([Text, list(HumanName)])
    .optional()
    .catch(undefined),
  code: maybe(CodeableConcept),
  physicalType: maybe(CodeableConcept),
  /** Of a role. */
  organization: maybe(Reference),
})
export type Spoken = z.output<typeof Spoken>
