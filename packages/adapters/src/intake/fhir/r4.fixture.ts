import { loadDataType, validateResource } from '@medplum/core'

/** Elements of FHIR R4 with their cardinality and types, as http://hl7.org/fhir/R4 lists them. */
const elements = `
AuditEvent.id 0..1 string
AuditEvent.meta 0..1 Meta
AuditEvent.implicitRules 0..1 uri
AuditEvent.language 0..1 code
AuditEvent.text 0..1 Narrative
AuditEvent.type 1..1 Coding
AuditEvent.subtype 0..* Coding
AuditEvent.action 0..1 code
AuditEvent.period 0..1 Period
AuditEvent.recorded 1..1 instant
AuditEvent.outcome 0..1 code
AuditEvent.outcomeDesc 0..1 string
AuditEvent.purposeOfEvent 0..* CodeableConcept
AuditEvent.agent 1..* BackboneElement
AuditEvent.agent.type 0..1 CodeableConcept
AuditEvent.agent.role 0..* CodeableConcept
AuditEvent.agent.who 0..1 Reference
AuditEvent.agent.altId 0..1 string
AuditEvent.agent.name 0..1 string
AuditEvent.agent.requestor 1..1 boolean
AuditEvent.agent.location 0..1 Reference
AuditEvent.agent.policy 0..* uri
AuditEvent.agent.media 0..1 Coding
AuditEvent.agent.network 0..1 BackboneElement
AuditEvent.agent.purposeOfUse 0..* CodeableConcept
AuditEvent.source 1..1 BackboneElement
AuditEvent.source.site 0..1 string
AuditEvent.source.observer 1..1 Reference
AuditEvent.source.type 0..* Coding
AuditEvent.entity 0..* BackboneElement
AuditEvent.entity.what 0..1 Reference
AuditEvent.entity.type 0..1 Coding
AuditEvent.entity.role 0..1 Coding
AuditEvent.entity.lifecycle 0..1 Coding
AuditEvent.entity.securityLabel 0..* Coding
AuditEvent.entity.name 0..1 string
AuditEvent.entity.description 0..1 string
AuditEvent.entity.query 0..1 base64Binary
AuditEvent.entity.detail 0..* BackboneElement
MeasureReport.id 0..1 string
MeasureReport.meta 0..1 Meta
MeasureReport.implicitRules 0..1 uri
MeasureReport.language 0..1 code
MeasureReport.text 0..1 Narrative
MeasureReport.identifier 0..* Identifier
MeasureReport.status 1..1 code
MeasureReport.type 1..1 code
MeasureReport.measure 1..1 canonical
MeasureReport.subject 0..1 Reference
MeasureReport.date 0..1 dateTime
MeasureReport.reporter 0..1 Reference
MeasureReport.period 1..1 Period
MeasureReport.improvementNotation 0..1 CodeableConcept
MeasureReport.group 0..* BackboneElement
MeasureReport.group.code 0..1 CodeableConcept
MeasureReport.group.population 0..* BackboneElement
MeasureReport.group.population.code 0..1 CodeableConcept
MeasureReport.group.population.count 0..1 integer
MeasureReport.group.population.subjectResults 0..1 Reference
MeasureReport.group.measureScore 0..1 Quantity
MeasureReport.group.stratifier 0..* BackboneElement
MeasureReport.group.stratifier.code 0..* CodeableConcept
MeasureReport.group.stratifier.stratum 0..* BackboneElement
MeasureReport.group.stratifier.stratum.value 0..1 CodeableConcept
MeasureReport.group.stratifier.stratum.component 0..* BackboneElement
MeasureReport.group.stratifier.stratum.component.code 1..1 CodeableConcept
MeasureReport.group.stratifier.stratum.component.value 1..1 CodeableConcept
MeasureReport.group.stratifier.stratum.population 0..* BackboneElement
MeasureReport.group.stratifier.stratum.population.code 0..1 CodeableConcept
MeasureReport.group.stratifier.stratum.population.count 0..1 integer
MeasureReport.group.stratifier.stratum.population.subjectResults 0..1 Reference
MeasureReport.group.stratifier.stratum.measureScore 0..1 Quantity
MeasureReport.evaluatedResource 0..* Reference
QuestionnaireResponse.id 0..1 string
QuestionnaireResponse.meta 0..1 Meta
QuestionnaireResponse.implicitRules 0..1 uri
QuestionnaireResponse.language 0..1 code
QuestionnaireResponse.text 0..1 Narrative
QuestionnaireResponse.identifier 0..1 Identifier
QuestionnaireResponse.basedOn 0..* Reference
QuestionnaireResponse.partOf 0..* Reference
QuestionnaireResponse.questionnaire 0..1 canonical
QuestionnaireResponse.status 1..1 code
QuestionnaireResponse.subject 0..1 Reference
QuestionnaireResponse.encounter 0..1 Reference
QuestionnaireResponse.authored 0..1 dateTime
QuestionnaireResponse.author 0..1 Reference
QuestionnaireResponse.source 0..1 Reference
QuestionnaireResponse.item 0..* BackboneElement
QuestionnaireResponse.item.linkId 1..1 string
QuestionnaireResponse.item.definition 0..1 uri
QuestionnaireResponse.item.text 0..1 string
QuestionnaireResponse.item.answer 0..* BackboneElement
QuestionnaireResponse.item.answer.value[x] 0..1 boolean|decimal|integer|date|dateTime|time|string|uri|Attachment|Coding|Quantity|Reference
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

/** Makes the resource types that are exported known to the validator of @medplum/core, which brings the data types alone. */
export const knowResources = () => {
  const types = new Set(
    elements
      .trim()
      .split('\n')
      .map((line) => line.split('.')[0] ?? ''),
  )
  for (const type of types) {
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

/** What an independent validator finds wrong with a resource, by the elements of FHIR R4. */
export const faultsOf = (resource: { readonly resourceType: string }): unknown => {
  try {
    return validateResource(JSON.parse(JSON.stringify(resource)))
  } catch (error) {
    return JSON.stringify(error instanceof Error && 'outcome' in error ? error.outcome : error)
  }
}
