import { loadDataType } from '@medplum/core'

/** Elements of FHIR R4 with their cardinality and types, as http://hl7.org/fhir/R4 lists them. */
const elements = `
CarePlan.id 0..1 string
CarePlan.meta 0..1 Meta
CarePlan.implicitRules 0..1 uri
CarePlan.language 0..1 code
CarePlan.text 0..1 Narrative
CarePlan.identifier 0..* Identifier
CarePlan.instantiatesCanonical 0..* canonical
CarePlan.instantiatesUri 0..* uri
CarePlan.basedOn 0..* Reference
CarePlan.replaces 0..* Reference
CarePlan.partOf 0..* Reference
CarePlan.status 1..1 code
CarePlan.intent 1..1 code
CarePlan.category 0..* CodeableConcept
CarePlan.title 0..1 string
CarePlan.description 0..1 string
CarePlan.subject 1..1 Reference
CarePlan.encounter 0..1 Reference
CarePlan.period 0..1 Period
CarePlan.created 0..1 dateTime
CarePlan.author 0..1 Reference
CarePlan.contributor 0..* Reference
CarePlan.careTeam 0..* Reference
CarePlan.addresses 0..* Reference
CarePlan.supportingInfo 0..* Reference
CarePlan.goal 0..* Reference
CarePlan.activity 0..* BackboneElement
CarePlan.activity.outcomeCodeableConcept 0..* CodeableConcept
CarePlan.activity.outcomeReference 0..* Reference
CarePlan.activity.progress 0..* Annotation
CarePlan.activity.reference 0..1 Reference
CarePlan.activity.detail 0..1 BackboneElement
CarePlan.note 0..* Annotation
Communication.id 0..1 string
Communication.meta 0..1 Meta
Communication.implicitRules 0..1 uri
Communication.language 0..1 code
Communication.text 0..1 Narrative
Communication.identifier 0..* Identifier
Communication.instantiatesCanonical 0..* canonical
Communication.instantiatesUri 0..* uri
Communication.basedOn 0..* Reference
Communication.partOf 0..* Reference
Communication.inResponseTo 0..* Reference
Communication.status 1..1 code
Communication.statusReason 0..1 CodeableConcept
Communication.category 0..* CodeableConcept
Communication.priority 0..1 code
Communication.medium 0..* CodeableConcept
Communication.subject 0..1 Reference
Communication.topic 0..1 CodeableConcept
Communication.about 0..* Reference
Communication.encounter 0..1 Reference
Communication.sent 0..1 dateTime
Communication.received 0..1 dateTime
Communication.recipient 0..* Reference
Communication.sender 0..1 Reference
Communication.reasonCode 0..* CodeableConcept
Communication.reasonReference 0..* Reference
Communication.payload 0..* BackboneElement
Communication.payload.content[x] 1..1 string|Attachment|Reference
Communication.note 0..* Annotation
Task.id 0..1 string
Task.meta 0..1 Meta
Task.implicitRules 0..1 uri
Task.language 0..1 code
Task.text 0..1 Narrative
Task.identifier 0..* Identifier
Task.instantiatesCanonical 0..1 canonical
Task.instantiatesUri 0..1 uri
Task.basedOn 0..* Reference
Task.groupIdentifier 0..1 Identifier
Task.partOf 0..* Reference
Task.status 1..1 code
Task.statusReason 0..1 CodeableConcept
Task.businessStatus 0..1 CodeableConcept
Task.intent 1..1 code
Task.priority 0..1 code
Task.code 0..1 CodeableConcept
Task.description 0..1 string
Task.focus 0..1 Reference
Task.for 0..1 Reference
Task.encounter 0..1 Reference
Task.executionPeriod 0..1 Period
Task.authoredOn 0..1 dateTime
Task.lastModified 0..1 dateTime
Task.requester 0..1 Reference
Task.performerType 0..* CodeableConcept
Task.owner 0..1 Reference
Task.location 0..1 Reference
Task.reasonCode 0..1 CodeableConcept
Task.reasonReference 0..1 Reference
Task.insurance 0..* Reference
Task.note 0..* Annotation
Task.relevantHistory 0..* Reference
Task.restriction 0..1 BackboneElement
Task.restriction.repetitions 0..1 positiveInt
Task.restriction.period 0..1 Period
Task.restriction.recipient 0..* Reference
Task.input 0..* BackboneElement
Task.input.type 1..1 CodeableConcept
Task.input.value[x] 1..1 string
`

/** Makes three resource types known to the validator of @medplum/core, which brings the data types alone. */
export const knowResources = () => {
  for (const type of ['CarePlan', 'Communication', 'Task']) {
    const own = elements
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([path = '']) => path.startsWith(`${type}.`))
    const rows = [[type, '0..*', ''], ...own].map(([path = '', count = '', types = '']) => {
      const [min = '0', max = '*'] = count.split('..')
      return {
        id: path,
        path,
        min: Number(min),
        max,
        base: { path, min: Number(min), max },
        ...(types !== '' && { type: types.split('|').map((code) => ({ code })) }),
      }
    })
    loadDataType({
      resourceType: 'StructureDefinition',
      url: `http://hl7.org/fhir/StructureDefinition/${type}`,
      name: type,
      type,
      kind: 'resource',
      status: 'active',
      abstract: false,
      derivation: 'specialization',
      snapshot: { element: rows },
    })
  }
}
