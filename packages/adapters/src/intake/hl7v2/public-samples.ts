import { existsSync, readFileSync } from 'node:fs'
import type { Hl7Outcome } from './outcome.ts'
import { readHl7 } from './read.ts'

/**
 * Public messages nobody here wrote, kept beside the repository and not in it. Where they are absent the tests
 * over them do not run, and the report names them as skipped.
 */
const folder = new URL('../../../../../../shared/data/hl7/', import.meta.url)
export const isHere = existsSync(folder)
export const profile = { zone: 'America/New_York' }

export interface Expected {
  readonly type: string
  readonly event: string
  readonly control_id: string | null
  readonly pid3: readonly { id: string; auth: string | null; type: string | null }[]
  readonly family: string | null
  readonly given: string | null
  readonly dob: string | null
  readonly sex: string | null
  readonly account: string | null
  readonly phones: readonly string[]
  readonly mrg1: readonly string[]
  readonly location: { unit: string | null; room: string | null; bed: string | null } | null
  readonly attending: readonly { id: string; family: string; given: string }[]
  readonly visit_no: string | null
  readonly disposition: string | null
  readonly admit: string | null
  readonly discharge: string | null
  readonly dx: readonly { code: string | null; text: string | null }[]
  readonly evn2: string | null
  readonly evn6: string | null
  readonly sent: string | null
  readonly sch: { placer: string; filler: string; status: string | null } | null
  readonly ft1: readonly { date: string | null; qty: string | null; amount: string | null }[]
}

interface File {
  readonly file: string
  readonly messages: number
  readonly expected?: readonly Expected[]
  readonly summary?: Readonly<Record<string, number>>
}

export const files: readonly File[] = isHere
  ? JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')).files
  : []
export const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(file, folder)))
export const read = (file: string): Hl7Outcome[] => [...readHl7(bytesOf(file), profile)]

/** What the triggers among them mean. */
export const meanings: Readonly<Record<string, string>> = {
  A01: 'admitted',
  A03: 'discharged',
  A04: 'registered',
  A08: 'visit-updated',
  A11: 'admission-cancelled',
  A13: 'discharge-cancelled',
  A31: 'person-updated',
  A34: 'merged',
  A40: 'merged',
}
