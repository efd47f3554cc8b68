import { match, P } from 'ts-pattern'
import * as z from 'zod'
import type { Grade } from '../../../kernel/fields.ts'
import { linked, linkedKeys } from '../../../kernel/links.ts'
import { Sealed } from '../../../kernel/personal.ts'
import type { Key } from '../../../ports/store.ts'
import type { Recipient } from '../schema.ts'

/** What a message must know of a person. */
const Person = z.object({
  status: z.string(),
  into: z.string().optional(),
  died: z.string().optional(),
  consents: z.record(z.string(), z.object({ allowed: z.boolean(), at: z.string() })).default({}),
  phones: z.array(Sealed).default([]),
  identifiers: z.array(z.object({ type: z.string().optional(), value: Sealed })).default([]),
  channel: z.string().optional(),
  muted: z.array(z.string()).default([]),
})

/** What a message must know of a member of staff, or of their department. */
const Colleague = z.object({
  status: z.string(),
  department: z.string().optional(),
  head: z.string().optional(),
  phone: Sealed.optional(),
  email: Sealed.optional(),
  channel: z.string().optional(),
  leave: z
    .array(z.object({ from: z.string(), until: z.string(), substitute: z.string() }))
    .default([]),
})
type Colleague = z.infer<typeof Colleague>

type Other = <T>(key: Key, schema: z.ZodType<T>) => T | null

const staffKey = (id: string): Key => ({ kind: 'staff', id })
const unitKey = (code: string): Key => staffKey(`unit:${code}`)

/** A member of the staff and whoever stands in for them. */
const colleagueKeys = (staff: string, look: (key: Key) => unknown): Key[] => {
  const { leave = [] } = (look(staffKey(staff)) ?? {}) as Partial<Colleague>
  return [staffKey(staff), ...leave.map(({ substitute }) => staffKey(substitute))]
}

/** The records that say where a message goes, as far as the ones before are loaded. */
export const recipientKeys = (to: Recipient, look: (key: Key) => unknown): readonly Key[] =>
  match(to)
    .with({ patient: P.string }, ({ patient }) =>
      linkedKeys({ kind: 'patient', id: patient }, look),
    )
    .with({ staff: P.string }, ({ staff }) => colleagueKeys(staff, look))
    .with({ headOf: P.string }, ({ headOf }) => {
      const { department } = (look(staffKey(headOf)) ?? {}) as Partial<Colleague>
      if (department === undefined) return [staffKey(headOf)]
      const { head } = (look(unitKey(department)) ?? {}) as Partial<Colleague>
      const keys = [staffKey(headOf), unitKey(department)]
      return head === undefined ? keys : [...keys, ...colleagueKeys(head, look)]
    })
    .with({ role: P.string }, () => [])
    .exhaustive()

/** What a message says of itself that decides where it goes. */
interface Said {
  readonly to: Recipient
  readonly purpose: string
  readonly grade?: Grade | undefined
}

/** Where a message goes, or by which code it may not go anywhere. */
export type Destination =
  | { readonly recipient: string; readonly channel: string; readonly address?: Sealed }
  | { readonly cancelled: 'deceased' | 'consent' | 'muted' | 'erased' | 'unknown-recipient' }
  | { readonly failed: 'no-address' }

/** Consent to a purpose: the last word on it or on everything decides, of two at once the stricter. */
const refused = (
  { consents: { '*': all, ...consents } }: z.infer<typeof Person>,
  purpose: string,
) => {
  const own = consents[purpose]
  if (!own || !all) return (own ?? all)?.allowed === false
  if (own.at === all.at) return !own.allowed || !all.allowed
  return !(own.at > all.at ? own : all).allowed
}

const toPatient = (
  patient: string,
  { purpose, grade }: Pick<Said, 'purpose' | 'grade'>,
  channels: readonly string[],
  other: Other,
): Destination => {
  const look = (id: string) => other({ kind: 'patient', id }, Person)
  const id = linked(patient, look).at(-1) ?? patient
  const person = look(id)
  if (person?.status === 'erased') return { cancelled: 'erased' }
  if (person?.status !== 'person') return { cancelled: 'unknown-recipient' }
  if (person.died !== undefined) return { cancelled: 'deceased' }
  if (refused(person, purpose)) return { cancelled: 'consent' }
  if (grade !== undefined && grade !== 'critical' && person.muted.includes(grade)) {
    return { cancelled: 'muted' }
  }
  const [first = 'inbox'] = channels
  const channel = channels.find((each) => each === person.channel) ?? first
  const { value: own } = person.identifiers.find(({ type }) => type === channel) ?? {}
  const address = own ?? person.phones[0]
  return address ? { recipient: `patient/${id}`, channel, address } : { failed: 'no-address' }
}

const toColleague = (id: string, day: string, other: Other): Destination => {
  const { leave = [] } = other(staffKey(id), Colleague) ?? {}
  const away = leave.find(({ from, until }) => from <= day && day <= until)
  const recipient = away?.substitute ?? id
  const { channel = 'inbox', email, phone } = other(staffKey(recipient), Colleague) ?? {}
  const address = channel === 'email' ? email : phone
  // Whoever the feed names but nobody enrolled still has an inbox, so that no reminder is lost.
  return channel === 'inbox' || !address
    ? { recipient: `staff/${recipient}`, channel: 'inbox' }
    : { recipient: `staff/${recipient}`, channel, address }
}

/** Where a message goes today: through merges, leave and departments, under consent and death. */
export const destinationOf = (
  said: Said,
  { day, channels }: { readonly day: string; readonly channels: readonly string[] },
  other: Other,
): Destination =>
  match(said.to)
    .with({ patient: P.string }, ({ patient }) => toPatient(patient, said, channels, other))
    .with({ staff: P.string }, ({ staff }) => toColleague(staff, day, other))
    .with({ headOf: P.string }, ({ headOf }): Destination => {
      const { department } = other(staffKey(headOf), Colleague) ?? {}
      const { head } = (department !== undefined && other(unitKey(department), Colleague)) || {}
      return head === undefined
        ? { recipient: `role/department-head:${department ?? ''}`, channel: 'inbox' }
        : toColleague(head, day, other)
    })
    .with(
      { role: P.string },
      ({ role }): Destination => ({ recipient: `role/${role}`, channel: 'inbox' }),
    )
    .exhaustive()
