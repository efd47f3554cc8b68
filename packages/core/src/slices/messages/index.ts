import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { Effect } from '../../kernel/effect.ts'
import { raise } from '../../kernel/flow.ts'
import type { Paging } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Channel, Delivery } from '../../ports/channel.ts'
import type { Entry, Json } from '../../ports/store.ts'
import { decide } from './decide/index.ts'
import { recipientKeys } from './decide/recipient.ts'
import { evolve } from './evolve.ts'
import { Message, MessageCommand, MessageEvent } from './schema.ts'

/** What a message is called outside: by whom it went, and the id under which that one tells of it. */
export const outsideName = (channel: string, providerId: string) => `${channel}/${providerId}`

export const message: Slice<Message, MessageCommand, MessageEvent> = {
  name: 'message',
  state: Message,
  command: MessageCommand,
  event: MessageEvent,
  initial: { status: 'none' },
  keys: (command) => [command.message],
  needs: (command, { own, other }) => {
    const state = command.type === 'claim' ? own(command.message) : undefined
    return state && state.status !== 'none' ? recipientKeys(state.to, other) : []
  },
  decide,
  evolve,
  lists: { to: ['recipient'], about: ['record'], due: [] },
  entries: (state): Entry[] => {
    if (state.status === 'none') return []
    const { to, about, askedAt, notBefore, claim, providerId } = state
    const addressee = Object.entries(to)[0] ?? ['', '']
    const waiting = state.status === 'asked' || state.status === 'claimed'
    return [
      { index: 'to', equals: [claim?.recipient ?? addressee.join('/')], order: askedAt },
      ...(about === undefined ? [] : [{ index: 'about', equals: [about], order: askedAt }]),
      ...(claim && providerId !== undefined
        ? [{ index: 'outside', equals: [outsideName(claim.channel, providerId)], order: askedAt }]
        : []),
      ...(waiting ? [{ index: 'due', equals: [], order: claim?.expires ?? notBefore }] : []),
    ]
  },
}

type Said<Type extends MessageCommand['type']> = Omit<Input<typeof MessageCommand, Type>, 'message'>

export const messages = (door: Door) => ({
  /** Asks for a message, once for its id. It leaves with `deliver`, when nothing speaks against it then. */
  ask: (id: string, input: Said<'ask'>, options?: CommandOptions) =>
    door.run(message, { type: 'ask', message: id, ...input }, options),

  /** Calls a message off; one that has left stays as it is. */
  cancel: (id: string, input: Said<'cancel'>, options?: CommandOptions) =>
    door.run(message, { type: 'cancel', message: id, ...input }, options),

  /** Records what the outside says of a message that has left; that it arrived is the last word. */
  recordReceipt: (id: string, input: Said<'record-receipt'>, options?: CommandOptions) =>
    door.run(message, { type: 'record-receipt', message: id, ...input }, options),

  get: (id: string, options?: ReadOptions) => door.get(message, id, options),

  /** What was sent to somebody (`patient/id`, `staff/id`, `role/name`), the latest first: also their inbox. */
  to: (recipient: string, { limit = 50, after, ...options }: Paging = {}) =>
    door.list(
      message,
      {
        index: 'to',
        equals: [[recipient]],
        direction: 'descending',
        limit,
        ...(after && { after }),
      },
      options,
    ),
})

/** A claimed message with its address opened. */
interface Outgoing {
  readonly template: string
  readonly params: Readonly<Record<string, string | number>>
  readonly claim: {
    readonly channel: string
    readonly address?: string | null
    readonly locale: string
  }
}

/** Sends claimed messages: those of one channel together, each under its own id as the provider's key. */
export const sending = (
  channels: readonly Channel[],
  write: (locale: string, template: string, params: Outgoing['params']) => string,
): Effect => ({
  name: 'send',
  kind: message.name,
  index: 'due',
  equals: [],
  claim: ({ key: { id } }, token) => raise(message, id, { type: 'claim', message: id, token }),
  claimed: (state, token) => {
    const { status, claim } = state as Message & { claim?: { token: string } }
    return status === 'claimed' && claim?.token === token
  },
  perform: async (tenant, claimed) => {
    const outcomes: Delivery[] = claimed.map(() => ({ outcome: 'rejected' }))
    const byChannel = Map.groupBy(
      claimed.map(({ id, state }, place) => ({ id, place, ...(state as unknown as Outgoing) })),
      ({ claim }) => claim.channel,
    )
    for (const [name, group] of byChannel) {
      const channel = channels.find((each) => each.name === name)
      if (!channel) {
        for (const { place } of group) if (name === 'inbox') outcomes[place] = { outcome: 'sent' }
        continue
      }
      const outgoing = group.flatMap(({ id, place, ...said }) => {
        const text = said.claim.address === null ? undefined : written(said, write)
        if (text === undefined) return []
        const { template, params, claim } = said
        const { address, locale } = claim
        // Hospitals may name their messages alike, and a channel may serve them all.
        const key = `${tenant}/${id}`
        return [{ place, id: key, to: address ?? '', text, template, params, locale }]
      })
      const sent = await attempt(
        channel,
        outgoing.map(({ place: _, ...each }) => each),
      )
      for (const [at, { place }] of outgoing.entries())
        outcomes[place] = sent[at] ?? { outcome: 'unknown' }
    }
    return outcomes as unknown as Json[]
  },
  close: (id, token, outcome) =>
    raise(message, id, {
      type: 'close',
      message: id,
      token,
      delivery: outcome as unknown as Delivery,
    }),
})

/** The text of a message; `undefined` where its values do not fill the template, which concerns no other message. */
const written = (
  { claim, template, params }: Outgoing,
  write: (locale: string, template: string, params: Outgoing['params']) => string,
) => {
  try {
    return write(claim.locale, template, params)
  } catch {
    return undefined
  }
}

/** A channel that throws has told nothing, so what it was given may have left. */
const attempt = async (channel: Channel, outgoing: Parameters<Channel['send']>[0]) => {
  try {
    return await channel.send(outgoing)
  } catch {
    return outgoing.map((): Delivery => ({ outcome: 'unknown' }))
  }
}
