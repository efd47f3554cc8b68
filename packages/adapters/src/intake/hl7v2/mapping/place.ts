import type { IntakeVisit } from '@hospital-crm/core'
import type { Hl7Segment } from '../codec/message.ts'
import { textOf } from './reading.ts'

type Place = Pick<IntakeVisit, 'department' | 'ward' | 'room' | 'bed'>

const location = 3
const service = 10

/**
 * Where a visit takes place. The point of care (PV1-3.1) is the ward; the department is the hospital service
 * (PV1-10), else the point of care. Chinese systems name it in PV1-3.4 and .5, or as `code&name`.
 */
export const placeOf = (pv1: Hl7Segment | undefined, chinese: boolean): Place => {
  const ward = pointOfCare(pv1, chinese)
  const own = chinese ? chineseDepartment(pv1) : undefined
  const code = textOf(pv1, service, 1)
  return {
    department: own ?? coded(code, textOf(pv1, service, 2)) ?? coded(ward, undefined),
    ward,
    room: textOf(pv1, location, 2),
    bed: textOf(pv1, location, 3),
  }
}

const coded = (code: string | undefined, name: string | undefined): Place['department'] => {
  const known = code ?? name
  if (known === undefined) return undefined
  return name === undefined ? { code: known } : { code: known, name }
}

/** HD has three parts, name & id & kind of id. With two it is `code&name` in Chinese systems, elsewhere a ward such as A&E. */
const pointOfCare = (pv1: Hl7Segment | undefined, chinese: boolean): string | undefined => {
  const part = (index: number) => textOf(pv1, location, 1, index)
  if (part(2) === undefined || part(3) !== undefined) return part(1)
  return chinese ? (part(2) ?? part(1)) : textOf(pv1, location, 1)
}

const chineseDepartment = (pv1: Hl7Segment | undefined): Place['department'] => {
  const named = coded(
    textOf(pv1, location, 4, 1),
    textOf(pv1, location, 5) ?? textOf(pv1, location, 4, 2),
  )
  if (named) return named
  const isPair = textOf(pv1, location, 1, 2) !== undefined && !textOf(pv1, location, 1, 3)
  return isPair ? coded(textOf(pv1, location, 1, 1), textOf(pv1, location, 1, 2)) : undefined
}
