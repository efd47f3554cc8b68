import * as z from 'zod'
import { memoryCipher } from '../memory/cipher.ts'
import { silentLogger } from '../memory/logger.ts'
import { memoryStore } from '../memory/store.ts'
import { plainWords } from '../memory/words.ts'
import type { Store } from '../ports/store.ts'
import type { Attributes } from './access.ts'
import { type Actor, host } from './actor.ts'
import { type Door, openDoor } from './door.ts'
import { createPerform } from './effect.ts'
import { linked } from './links.ts'
import type { Extension, Parts } from './parts.ts'
import { personal, Sealed } from './personal.ts'
import { createProbe } from './probe.ts'
import { createPump } from './pump.ts'
import { createReader } from './reader.ts'
import { refuse } from './refusal.ts'
import { createRestore } from './restore.ts'
import { createRoad } from './road.ts'
import { on, type Slice, subjectOf } from './slice.ts'
import { createTick } from './tick.ts'

/** A box that things are put into, with an owner; enough of a slice to walk every step of the road. */
const Box = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('box'),
    owner: Sealed.optional(),
    keeper: z.string().optional(),
    things: z.array(z.string()),
    wake: z.string().optional(),
    work: z.string().optional(),
    claim: z.string().optional(),
    into: z.string().optional(),
  }),
])
export type Box = z.infer<typeof Box>

const Command = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('put'),
    box: z.string(),
    thing: z.string(),
    owner: personal(z.string(), { as: 'name', level: 3 }).optional(),
    keeper: z.string().optional(),
    wake: z.string().optional(),
    work: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('move'), from: z.string(), to: z.string(), thing: z.string() }),
  z.strictObject({ type: z.literal('wake'), box: z.string() }),
  z.strictObject({ type: z.literal('claim'), box: z.string(), token: z.string() }),
  z.strictObject({ type: z.literal('close'), box: z.string(), token: z.string() }),
  z.strictObject({ type: z.literal('burn'), box: z.string() }),
  z.strictObject({ type: z.literal('count'), box: z.string(), other: z.string() }),
])
type Command = z.infer<typeof Command>

const Event = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('box.filled'),
    thing: z.string(),
    owner: Sealed.optional(),
    keeper: z.string().optional(),
    wake: z.string().optional(),
    work: z.string().optional(),
  }),
  z.strictObject({ type: z.literal('box.emptied'), thing: z.string() }),
  z.strictObject({ type: z.literal('box.woken') }),
  z.strictObject({ type: z.literal('box.claimed'), token: z.string() }),
  z.strictObject({ type: z.literal('box.closed') }),
  z.strictObject({ type: z.literal('box.burnt') }),
])
type Event = z.infer<typeof Event>

export const box: Slice<Box, Command, Event> = {
  name: 'box',
  state: Box,
  command: Command,
  event: Event,
  initial: { status: 'none' },
  keys: (command, seen) =>
    command.type === 'move' ? [command.from, command.to] : linked(command.box, seen.own).reverse(),
  needs: (command) => (command.type === 'count' ? [{ kind: 'shelf', id: command.other }] : []),
  subjects: (command) => ({ subject: subjectOf('box', 'box' in command ? command.box : '') }),
  erases: (command) => (command.type === 'burn' ? [subjectOf('box', command.box)] : []),
  decide: (state, command, { id, own, other, policy }) => {
    const things = state.status === 'box' ? state.things : []
    switch (command.type) {
      case 'put': {
        const { type: _, box: __, ...filled } = command
        if (things.includes(command.thing)) return refuse('box.has-it')
        if (command.thing === 'zone') return [{ type: 'box.filled', thing: policy.zone }]
        return [{ type: 'box.filled', ...filled }]
      }
      case 'move': {
        if (!things.includes(command.thing)) return refuse('box.has-it-not')
        const target = own(command.to)
        if (target.status === 'box' && target.things.includes(command.thing))
          return refuse('box.has-it')
        return [
          { type: 'box.emptied', thing: command.thing },
          on(command.to, { type: 'box.filled', thing: command.thing }),
        ]
      }
      case 'count': {
        const shelf = other(
          { kind: 'shelf', id: command.other },
          z.object({ things: z.array(z.string()) }),
        )
        return [{ type: 'box.filled', thing: `${id}+${shelf?.things.length ?? 0}` }]
      }
      case 'wake':
        return [{ type: 'box.woken' }]
      case 'claim':
        return [{ type: 'box.claimed', token: command.token }]
      case 'close':
        if (state.status !== 'box' || state.claim !== command.token) return refuse('box.claim-lost')
        return [{ type: 'box.closed' }]
      case 'burn':
        return [{ type: 'box.burnt' }]
    }
  },
  evolve: (state, event) => {
    const known: Box & { status: 'box' } =
      state.status === 'box' ? state : { status: 'box', things: [] }
    switch (event.type) {
      case 'box.filled': {
        const { type: _, thing, ...rest } = event
        return { ...known, ...rest, things: [...known.things, thing] }
      }
      case 'box.emptied':
        return { ...known, things: known.things.filter((thing) => thing !== event.thing) }
      case 'box.woken': {
        const { wake: _, ...rest } = known
        return { ...rest, things: [...known.things, 'woken'] }
      }
      case 'box.claimed':
        return { ...known, claim: event.token }
      case 'box.closed': {
        const { claim: _, work: __, ...rest } = known
        return rest
      }
      case 'box.burnt':
        return { status: 'box', things: ['ashes'] }
    }
  },
  entries: (state, id) =>
    state.status === 'none'
      ? []
      : [
          { index: 'all', equals: [], order: id },
          ...(state.owner?.words ?? []).map((word) => ({
            index: 'owner',
            equals: [word],
            order: id,
          })),
          ...(state.keeper ? [{ index: 'keeper', equals: [state.keeper], order: id }] : []),
          ...(state.wake ? [{ index: 'wake', equals: [], order: state.wake }] : []),
          ...(state.work ? [{ index: 'work', equals: [], order: state.work }] : []),
        ],
  attributes: (state): Attributes =>
    state.status === 'box' ? { keeper: [state.keeper ?? ''] } : {},
  restorable: () => {},
}

const shelfCommand = z.strictObject({
  type: z.literal('add'),
  shelf: z.string(),
  thing: z.string(),
})
const shelfEvent = z.strictObject({ type: z.literal('shelf.added'), thing: z.string() })
const shelfState = z.strictObject({ things: z.array(z.string()) })

/** A second slice, for flows and needs to point at. A shelf takes no `poison`. */
export const shelf: Slice<
  z.infer<typeof shelfState>,
  z.infer<typeof shelfCommand>,
  z.infer<typeof shelfEvent>
> = {
  name: 'shelf',
  state: shelfState,
  command: shelfCommand,
  event: shelfEvent,
  initial: { things: [] },
  keys: (command) => [command.shelf],
  decide: (_state, { thing }) =>
    thing === 'poison' ? refuse('shelf.no-poison') : [{ type: 'shelf.added', thing }],
  evolve: ({ things }, { thing }) => ({ things: [...things, thing] }),
}

/** A clock that tells what it is set to. */
export const setClock = (start = '2026-03-02T00:00:00.000Z') => {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    set: (instant: string) => {
      now = Date.parse(instant)
    },
    pass: (seconds: number) => {
      now += seconds * 1000
    },
  }
}

const policy = {
  zone: 'Asia/Shanghai',
  access: [
    { role: 'keeper', may: ['box.put', 'box.read'], where: { keeper: 'self' as const }, opens: 2 },
    { role: 'reader', may: ['box.read'], opens: 3 },
  ],
}

let kernels = 0

/** A kernel over the toy slices. `founded: false` leaves tenants without a policy; `cipher` is shared by workers of one store. */
export const toyKernel = (
  extension: Extension = {},
  { store = memoryStore() as Store, founded = true, cipher = memoryCipher() } = {},
) => {
  const clock = setClock()
  let next = 0
  kernels += 1
  const prefix = `id-${kernels}-`
  const parts: Parts = {
    store,
    cipher,
    clock,
    ids: {
      next: () => {
        next += 1
        return `${prefix}${String(next).padStart(6, '0')}`
      },
    },
    logger: silentLogger,
    words: plainWords,
    probe: createProbe({ store, cipher }),
    policySource: {
      key: { kind: 'policy', id: 'self' },
      rest: () => [],
      read: () => policy as never,
    },
    slices: new Map([box, shelf].map((slice) => [slice.name, slice as never])),
    flows: extension.flows ?? [],
    ticks: extension.ticks ?? [],
    effects: extension.effects ?? [],
    portraits: extension.portraits ?? [],
    feeds: extension.feeds ?? [],
  }
  const ways = createRoad(parts)
  const reader = createReader(parts)
  const kernel = { ...ways, parts, reader, restore: createRestore(parts, reader.opener) }
  const found = async (tenant = 'a') => {
    if (!founded) return
    const key = { kind: 'policy', id: 'self' }
    const change = { key, version: 0, state: {}, entries: [] }
    await store.commit(tenant, [{ cause: 'found', reads: [], changes: [change], events: [] }])
  }
  return {
    parts,
    clock,
    store,
    reader,
    ...ways,
    found,
    pump: createPump(parts, ways.run, ways.carry),
    tick: createTick(parts, ways.road),
    perform: createPerform(parts, ways.road, reader.opener),
    door: (actor: Actor = host, tenant = 'a'): Door => openDoor(kernel, tenant, actor),
  }
}
