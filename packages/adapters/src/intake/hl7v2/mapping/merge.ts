import type { IntakeIdentifier, IntakePerson } from '@hospital-crm/core'
import type { Hl7Segment } from '../codec/message.ts'
import { numbersAt, personOf } from './person.ts'
import type { Reading } from './reading.ts'

/** Two records found to be one person. */
export interface Merge {
  readonly survivor: IntakePerson
  readonly retired: IntakeIdentifier[]
}

/** The merges of one message: each PID with the MRG segments after it. PID-3 survives, MRG-1 is retired. */
export const mergesOf = (reading: Reading): Merge[] => {
  const groups: { pid: Hl7Segment | undefined; mrgs: Hl7Segment[] }[] = []
  for (const segment of reading.message.segments()) {
    if (segment.name === 'PID') groups.push({ pid: segment, mrgs: [] })
    if (segment.name === 'MRG') groups.at(-1)?.mrgs.push(segment)
  }
  if (groups.length === 0) groups.push({ pid: undefined, mrgs: [] })
  return groups.map(({ pid, mrgs }) => mergeOf(reading, pid, mrgs)).filter((merge) => !!merge)
}

const mergeOf = (
  reading: Reading,
  pid: Hl7Segment | undefined,
  mrgs: readonly Hl7Segment[],
): Merge | undefined => {
  const survivor = personOf(reading, pid)
  if (!survivor) return undefined
  const named = mrgs.flatMap((mrg) => formerNumbers(reading, mrg))
  if (named.length === 0) {
    reading.refusals.push({ code: 'hl7.no-retired-id', field: 'MRG-1' })
    return undefined
  }
  // A national number listed on both sides goes on living with the survivor.
  const retired = named.filter((number) => !survivor.identifiers.some((own) => isSame(own, number)))
  if (retired.length === 0) {
    reading.refusals.push({ code: 'hl7.merged-into-itself', field: 'MRG-1' })
    return undefined
  }
  return { survivor, retired }
}

/** MRG-4 held the number in the versions in which PID-2 did. */
const formerNumbers = (reading: Reading, mrg: Hl7Segment): IntakeIdentifier[] => {
  const listed = numbersAt(reading, mrg, 1)
  return listed.length > 0 ? listed : numbersAt(reading, mrg, 4)
}

/** Type and authority tell numbers apart only where both sides give them. */
const isSame = (one: IntakeIdentifier, other: IntakeIdentifier): boolean =>
  one.value === other.value &&
  (!one.type || !other.type || one.type === other.type) &&
  (!one.authority || !other.authority || one.authority === other.authority)
