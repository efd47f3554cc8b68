import { match, P } from 'ts-pattern'
import * as z from 'zod'
import { linked } from '../../kernel/links.ts'
import { refuse } from '../../kernel/refusal.ts'
import { type Context, type On, on } from '../../kernel/slice.ts'
import { withoutWords } from '../../kernel/tree.ts'
import { warningsOf } from './gate.ts'
import { numberRecord, patientKey } from './keys.ts'
import type { KnownTouch, Referral, ReferralCommand, ReferralEvent } from './schema.ts'

type Said<Type extends ReferralCommand['type']> = Extract<ReferralCommand, { type: Type }>
type Decided = ReferralEvent | On<ReferralEvent>

/** So far the clock of a desk may be ahead of ours. */
const skewMs = 5 * 60_000

export const decide = (referral: Referral, command: ReferralCommand, context: Context<Referral>) =>
  match([referral, command])
    .returnType<Decided[]>()
    .with([{ status: 'none' }, { type: 'record' }], ([, said]) => record(said, context))
    .with([{ status: 'touch' }, { type: 'record' }], () => [])
    .with([{ status: 'touch' }, { type: 'confirm' }], ([known, said]) =>
      confirm(known, said, context),
    )
    .with([{ status: 'touch' }, { type: 'withdraw' }], ([known, said]) =>
      withdraw(known, said, context),
    )
    .with([P.any, { type: P.string }], () => refuse('referral.unknown', { touch: context.id }))
    .exhaustive()

/** Who it is about today: a patient, or somebody who has no number of the hospital's yet. */
const personOf = (said: string, { other }: Context<Referral>) => {
  const person = z.object({ status: z.string(), into: z.string().optional() })
  const look = (id: string) => other(patientKey(id), person)
  const survivor = linked(said, look).at(-1) ?? said
  return look(survivor)?.status === 'person'
    ? survivor
    : refuse('patient.unknown', { patient: said })
}

const record = (said: Said<'record'>, context: Context<Referral>): Decided[] => {
  const { id, now, actor, own, policy } = context
  const { type: _, touch: __, number, note, ...brought } = said
  const rules = policy.attributions.at(-1)?.rules
  const evidence = rules?.evidence.find(({ kind }) => kind === said.kind)
  if (rules && !evidence) return refuse('referral.unknown-kind', { rules: rules.id })
  if (Date.parse(said.at) - Date.parse(now) > skewMs) return refuse('referral.in-future')
  const patient = personOf(said.patient, context)
  const gate = warningsOf(said, context)
  const onRecord = number && numberRecord(said.kind, number)
  const used = onRecord === undefined ? undefined : own(onRecord)
  const isSingle = evidence?.singleUse === true
  if (isSingle && used?.status === 'number') {
    return refuse('referral.number-used', { touch: used.touch })
  }
  const recorded: ReferralEvent = {
    type: 'referral.recorded',
    ...brought,
    patient,
    recordedAt: now,
    recordedBy: actor.id,
    needs: evidence?.confirmedBy ?? [],
    gate,
    ...(number && onRecord !== undefined && { number: { value: number, record: onRecord } }),
    ...(note && { note: withoutWords(note) }),
  }
  const taken: Decided[] =
    isSingle && onRecord !== undefined
      ? [on(onRecord, { type: 'referral.number-used', touch: id })]
      : []
  return [recorded, ...taken]
}

/** Nobody confirms for a desk that is not theirs, or what would be their own merit. */
const confirm = (
  known: KnownTouch,
  { desk, visit }: Said<'confirm'>,
  { actor, now, id }: Context<Referral>,
): Decided[] => {
  if (known.withdrawn) return refuse('referral.withdrawn', { touch: id })
  if (![desk, 'admin', 'system'].some((role) => actor.roles.includes(role))) {
    return refuse('referral.not-your-desk', { desk })
  }
  if (actor.id === known.rep) return refuse('referral.own-merit', { touch: id })
  if (visit !== undefined && known.visit !== undefined && visit !== known.visit) {
    return refuse('referral.other-visit', { visit: known.visit })
  }
  const isNews = visit !== undefined && known.visit === undefined
  if (known.confirmations.some(({ by }) => by === desk) && !isNews) return []
  const shown = visit === undefined ? {} : { visit }
  return [{ type: 'referral.confirmed', by: desk, at: now, staff: actor.id, ...shown }]
}

const withdraw = (
  known: KnownTouch,
  { because, note }: Said<'withdraw'>,
  { actor, now, id, own }: Context<Referral>,
): Decided[] => {
  if (known.withdrawn) {
    return known.withdrawn.because === because ? [] : refuse('referral.withdrawn', { touch: id })
  }
  const said = note ? { note: withoutWords(note) } : {}
  const withdrawn: ReferralEvent = {
    type: 'referral.withdrawn',
    ...{ at: now, by: actor.id, because },
    ...said,
  }
  const record = known.number?.record
  const used = record === undefined ? undefined : own(record)
  const isMine = used?.status === 'number' && used.touch === id
  return record !== undefined && isMine && because === 'mistaken'
    ? [withdrawn, on(record, { type: 'referral.number-released' })]
    : [withdrawn]
}
