import { match, P } from 'ts-pattern'
import * as z from 'zod'
import { linked } from '../../kernel/links.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import type { Encounter, EncounterCommand, EncounterEvent, EncounterFacts } from './schema.ts'

type Known = Exclude<Encounter, { status: 'none' }>
type Said<Type extends EncounterCommand['type']> = Extract<EncounterCommand, { type: Type }>

const factNames = ['class', 'department', 'ward', 'room', 'bed', 'attending', 'diagnoses'] as const

/** What of a visit's facts is said anew. An older word only fills in what nothing has been said of. */
const news = (said: EncounterFacts, known: EncounterFacts, isOlder: boolean): EncounterFacts =>
  Object.fromEntries(
    factNames.flatMap((name) => {
      const value = said[name]
      const same = canonical(value) === canonical(known[name])
      const settled = isOlder && known[name] !== undefined
      return value === undefined || same || settled ? [] : [[name, value]]
    }),
  )

/** Who the visit belongs to today. A visit never changes to a person who is not the same. */
const patientOf = (said: string, known: string | undefined, { other }: Context<Encounter>) => {
  const person = z.object({ status: z.string(), into: z.string().optional() })
  const look = (id: string) => other({ kind: 'patient', id }, person)
  const survivor = linked(said, look).at(-1) ?? said
  if (look(survivor)?.status !== 'person') return refuse('patient.unknown', { patient: said })
  if (known !== undefined && linked(known, look).at(-1) !== survivor) {
    return refuse('encounter.other-patient', { patient: survivor })
  }
  return survivor
}

/** Whether the source recorded this before what already stands. */
const isOlderThan = (statedAt: string | undefined, { recordedAt }: EncounterCommand) =>
  recordedAt !== undefined && statedAt !== undefined && recordedAt < statedAt

/** Whether the source recorded this after what already stands, as far as both say when. */
const isNewerThan = (statedAt: string | undefined, { recordedAt }: EncounterCommand) =>
  recordedAt !== undefined && statedAt !== undefined && recordedAt > statedAt

export const decide = (
  encounter: Encounter,
  command: EncounterCommand,
  context: Context<Encounter>,
): EncounterEvent[] => {
  const known = encounter.status === 'none' ? undefined : encounter
  const patient = patientOf(command.patient, known?.patient, context)
  const isOlder = isOlderThan(known?.statedAt, command)
  const isOlderDischarge = isOlderThan(known?.dischargeStatedAt, command)
  const cancels = command.type === 'cancel-discharge' || command.type === 'cancel-admission'
  const facts = news(cancels ? {} : command, known ?? {}, isOlder)
  const said = admissionSaid(command)
  const admittedAt = isOlder && known?.admittedAt !== undefined ? undefined : said
  const stay = { patient, class: facts.class ?? known?.class ?? 'inpatient' }
  const admission = admittedAt === undefined ? {} : { admittedAt }
  const events: EncounterEvent[] = [
    ...(known
      ? detailsChanged(known, facts, admittedAt, command)
      : [{ type: 'encounter.opened' as const, patient, ...admission, ...facts }]),
    ...admitted(known, command, { ...stay, at: admittedAt }, { ...known, ...facts }),
    ...match(command)
      .returnType<EncounterEvent[]>()
      .with({ type: 'admit' }, () => [])
      .with({ type: 'transfer' }, ({ at }) => {
        const moved = facts.department ?? facts.ward ?? facts.room ?? facts.bed
        return moved === undefined ? [] : [{ type: 'encounter.transferred', ...stay, at, ...facts }]
      })
      .with({ type: 'update' }, () => restate(known, facts, stay))
      .with({ type: 'discharge' }, (told) =>
        discharge(
          known,
          older(told, known, isOlderDischarge),
          { ...known, ...facts, ...admission },
          stay,
          { isOlder: isOlderDischarge, isNewer: isNewerThan(known?.dischargeStatedAt, told) },
        ),
      )
      .with({ type: 'cancel-discharge' }, ({ at }) =>
        isOlderDischarge ? [] : cancelDischarge(known, at, stay),
      )
      .with({ type: 'cancel-admission' }, ({ at }) =>
        isOlder && at < (known?.admittedAt ?? '') ? [] : cancelAdmission(known, at, stay),
      )
      .exhaustive(),
  ]
  const { recordedAt } = command
  return events
    .map((event) => (isOlder ? event : stating(event, recordedAt, details)))
    .map((event) =>
      isOlderDischarge || command.type === 'update'
        ? event
        : stating(event, recordedAt, discharges),
    )
}

/** Of a discharge that stands by a later word, an older one tells only what is not known of it. */
const older = (told: Said<'discharge'>, known: Known | undefined, isOlder: boolean) => {
  if (!isOlder || known?.dischargedAt === undefined) return told
  const { dischargedAt: at, disposition = told.disposition } = known
  return { ...told, at, disposition }
}

const details: readonly EncounterEvent['type'][] = ['encounter.opened', 'encounter.details-changed']
const discharges: readonly EncounterEvent['type'][] = [
  'encounter.discharged',
  'encounter.discharge-corrected',
  'encounter.discharge-cancelled',
]

const stating = (
  event: EncounterEvent,
  statedAt: string | undefined,
  statements: readonly EncounterEvent['type'][],
): EncounterEvent =>
  statedAt !== undefined && statements.includes(event.type)
    ? ({ ...event, statedAt } as EncounterEvent)
    : event

type Stay = Pick<Extract<EncounterEvent, { type: 'encounter.admitted' }>, 'patient' | 'class'>

const admissionSaid = (command: EncounterCommand) =>
  match(command)
    .with({ type: 'admit' }, ({ at }) => at)
    .with({ type: P.union('discharge', 'update') }, (said) => said.admittedAt)
    .otherwise(() => undefined)

const detailsChanged = (
  known: Known,
  facts: EncounterFacts,
  admittedAt: string | undefined,
  { type }: EncounterCommand,
) => {
  const admission =
    admittedAt !== undefined && admittedAt !== known.admittedAt ? { admittedAt } : {}
  const changed = { ...facts, ...admission }
  if (Object.keys(changed).length === 0) return []
  // A discharge says both times, and is held against its own.
  const dischargedAt = type === 'discharge' ? undefined : known.dischargedAt
  if (admission.admittedAt && dischargedAt && admission.admittedAt > dischargedAt) {
    return refuse('encounter.discharged-before-admitted')
  }
  return [{ type: 'encounter.details-changed', ...changed } as const]
}

/**
 * The admission, by whichever message first tells of it or tells it otherwise, since readmissions are
 * judged by it. After a cancellation only a later admission counts.
 */
const admitted = (
  known: Known | undefined,
  command: EncounterCommand,
  { at = known?.admittedAt, ...stay }: Stay & { at: string | undefined },
  facts: EncounterFacts,
): EncounterEvent[] => {
  const { type } = command
  if (type === 'cancel-discharge' || type === 'cancel-admission') return []
  if (known?.status === 'cancelled') {
    const isLater = type === 'admit' && command.at > (known.cancelledAt ?? '')
    return isLater
      ? [{ type: 'encounter.admitted', ...stay, at: command.at, ...groundsOf(facts) }]
      : []
  }
  const isClassKnown = type === 'admit' || type === 'discharge' || facts.class
  if (at === undefined || !isClassKnown) return []
  return known?.admittedAt === at && known.class === stay.class
    ? []
    : [{ type: 'encounter.admitted', ...stay, at, ...groundsOf(facts) }]
}

/** What changes of a visit after its discharge concerns who follows it up, so it is told as a correction. */
const restate = (known: Known | undefined, facts: EncounterFacts, stay: Stay): EncounterEvent[] => {
  const { status, dischargedAt: at, disposition } = known ?? {}
  if (status !== 'discharged' || at === undefined) return []
  const { attending, department, class: admittedAs, diagnoses } = facts
  if ((attending ?? department ?? admittedAs ?? diagnoses) === undefined) return []
  return [
    {
      type: 'encounter.discharge-corrected',
      before: at,
      ...discharged(at, disposition, { ...known, ...facts }, stay),
    },
  ]
}

const discharged = (
  at: string,
  disposition: string | undefined,
  facts: EncounterFacts,
  stay: Stay,
) => ({
  ...stay,
  at,
  ...(disposition !== undefined && { disposition }),
  ...groundsOf(facts),
})

/** What of a visit decides by which plans it is followed up, and by whom. */
const groundsOf = ({ department, attending, diagnoses }: EncounterFacts) => ({
  ...(department !== undefined && { department }),
  ...(attending !== undefined && { attending }),
  ...(diagnoses && { diagnoses }),
})

const discharge = (
  known: Known | undefined,
  { at, disposition = known?.disposition, imported }: Said<'discharge'>,
  facts: EncounterFacts & { readonly admittedAt?: string | undefined },
  stay: Stay,
  { isOlder, isNewer }: { readonly isOlder: boolean; readonly isNewer: boolean },
): EncounterEvent[] => {
  if (facts.admittedAt !== undefined && at < facts.admittedAt) {
    return refuse('encounter.discharged-before-admitted')
  }
  // An echo of what was undone; entered anew after the cancellation it counts again.
  if (known?.undone.includes(at) && !isNewer) return []
  const { status, cancelledAhead, cancelledAt, dischargedAt: before } = known ?? {}
  if (status === 'cancelled' && cancelledAt !== undefined && at <= cancelledAt) return []
  const now = { ...discharged(at, disposition, facts, stay), ...(imported && { imported }) }
  // Told as well, so that the cancellation that waited for it has it and takes no later one.
  if (status !== 'discharged' && cancelledAhead !== undefined && at <= cancelledAhead) {
    return [
      { type: 'encounter.discharged', ...now },
      { type: 'encounter.discharge-cancelled', ...stay, at: cancelledAhead, undone: at },
    ]
  }
  if (status !== 'discharged' || before === undefined)
    return isOlder ? [] : [{ type: 'encounter.discharged', ...now }]
  const same =
    at === before &&
    disposition === known?.disposition &&
    facts.attending === known?.attending &&
    facts.department === known?.department &&
    canonical(facts.diagnoses ?? []) === canonical(known?.diagnoses ?? []) &&
    stay.class === known?.class
  return same ? [] : [{ type: 'encounter.discharge-corrected', before, ...now }]
}

const cancelDischarge = (known: Known | undefined, at: string, stay: Stay): EncounterEvent[] => {
  const { status, dischargedAt, undone = [], cancelledAhead } = known ?? {}
  if (status === 'discharged' && dischargedAt !== undefined) {
    return [{ type: 'encounter.discharge-cancelled', ...stay, at, undone: dischargedAt }]
  }
  const repeated = status === 'cancelled' || undone.length > 0 || cancelledAhead !== undefined
  return repeated ? [] : [{ type: 'encounter.discharge-cancelled', ...stay, at }]
}

const cancelAdmission = (known: Known | undefined, at: string, stay: Stay): EncounterEvent[] => {
  if (known?.status === 'cancelled') return []
  const cancelled = { type: 'encounter.admission-cancelled', ...stay, at } as const
  return known?.status === 'discharged'
    ? [...cancelDischarge(known, at, stay), cancelled]
    : [cancelled]
}
