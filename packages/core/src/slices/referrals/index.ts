import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { keys, needs, subjects } from './keys.ts'
import { Referral, ReferralCommand, ReferralEvent } from './schema.ts'

export const referral: Slice<Referral, ReferralCommand, ReferralEvent> = {
  name: 'referral',
  state: Referral,
  command: ReferralCommand,
  event: ReferralEvent,
  initial: { status: 'none' },
  keys,
  needs,
  subjects,
  decide,
  evolve,
  lists: {
    patient: ['patient'],
    partner: ['partner'],
    rep: ['rep'],
    visit: ['visit'],
    desk: ['desk'],
  },
  foundBy: ['identifier'],
  entries: (state): Entry[] => {
    if (state.status !== 'touch') return []
    const { patient, partner, rep, visit, at, number, needs: desks, confirmations } = state
    const open = state.withdrawn
      ? []
      : desks.filter((desk) => !confirmations.some(({ by }) => by === desk))
    return [
      { index: 'patient', equals: [patient], order: at },
      ...(partner === undefined ? [] : [{ index: 'partner', equals: [partner], order: at }]),
      ...(rep === undefined ? [] : [{ index: 'rep', equals: [rep], order: at }]),
      ...(visit === undefined ? [] : [{ index: 'visit', equals: [visit], order: at }]),
      ...(number?.value.words ?? []).map((word) => ({ index: 'word', equals: [word], order: at })),
      ...open.map((desk) => ({ index: 'desk', equals: [desk], order: at })),
    ]
  },
  attributes: (state): Attributes =>
    state.status === 'touch'
      ? {
          recorder: [state.recordedBy],
          ...(state.rep !== undefined && { rep: [state.rep] }),
          ...(state.partner !== undefined && { partner: [state.partner] }),
        }
      : {},
}

type Said<Type extends ReferralCommand['type']> = Input<typeof ReferralCommand, Type>

export const referrals = (door: Door) => ({
  /**
   * Records what says that somebody brought a person, by when it happened; the answer's `id` names it.
   * A number that may be used once is refused the second time (`referral.number-used`). What the law
   * would say of paying for it is on the record as `gate`.
   */
  record: (input: Said<'record'>, options?: CommandOptions) =>
    door.run(referral, { type: 'record', ...input }, options),

  /** A desk's word that it is so, and at which visit it was shown. */
  confirm: (touch: string, input: Omit<Said<'confirm'>, 'touch'>, options?: CommandOptions) =>
    door.run(referral, { type: 'confirm', touch, ...input }, options),

  /** Takes it back; it stays on record. The number of one that was recorded by mistake is free again. */
  withdraw: (touch: string, input: Omit<Said<'withdraw'>, 'touch'>, options?: CommandOptions) =>
    door.run(referral, { type: 'withdraw', touch, ...input }, options),

  get: (touch: string, options?: ReadOptions) => door.get(referral, touch, options),

  /** What is recorded of a person, a partner or a representative, or was shown at a visit; the earliest first. */
  list: (
    of:
      | { readonly patient: string }
      | { readonly partner: string }
      | { readonly rep: string }
      | { readonly visit: string },
    paging: Paging = {},
  ) => {
    const [[index = '', value = ''] = []] = Object.entries(of)
    return door.list(referral, { index, equals: [[value]], ...page(paging) }, paging)
  },

  /** What a desk has still to confirm, the earliest first. */
  awaiting: (desk: string, paging: Paging = {}) =>
    door.list(referral, { index: 'desk', equals: [[desk]], ...page(paging) }, paging),

  /** By the number on the paper. */
  withNumber: async (number: string, paging: Paging = {}) => {
    const equals = [await door.blind('identifier', number)]
    return door.list(referral, { index: 'word', equals, ...page(paging) }, paging)
  },
})
