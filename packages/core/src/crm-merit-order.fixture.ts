import { writeInstant } from '@hospital-crm/rules'
import { evidence } from './crm-merit.fixture.ts'
import { type MarketingHospital, marketing } from './crm-referrals.fixture.ts'
import { attributionFlows } from './flows/attribution/facts.ts'
import { policy } from './hospital.fixture.ts'
import { system } from './kernel/actor.ts'
import type { Happened, LookUp, Raised } from './kernel/flow.ts'
import { type Context, placed } from './kernel/slice.ts'
import type { Found, Json, Key } from './ports/store.ts'
import { attribution } from './slices/attributions/index.ts'
import type {
  Attribution,
  AttributionCommand,
  AttributionEvent,
} from './slices/attributions/schema.ts'

/** Numbers below so many, the same for the same seed. */
const dice = (seed: number) => {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state % below
  }
}

const kinds = ['patient', 'encounter', 'referral', 'staff', 'partner'] as const

/** What is on record of everything but merit. */
const worldOf = ({ store }: MarketingHospital) => {
  const records = new Map(kinds.map((kind) => [kind as string, store.recordsOf(kind)]))
  return (kind: string) => records.get(kind) ?? new Map<string, Json>()
}
type World = ReturnType<typeof worldOf>

/** All that is told of a world, as flows would tell it. */
const tellingOf = async (
  world: World,
  { store }: MarketingHospital,
): Promise<AttributionCommand[]> => [
  ...[...world('referral')].flatMap(([touch, state]): AttributionCommand[] =>
    (state as { status: string }).status === 'touch' ? [{ type: 'take-touch', touch }] : [],
  ),
  ...[...world('encounter').keys()].map((visit) => ({ type: 'take-visit' as const, visit })),
  ...[...world('patient')].flatMap(([merged, state]): AttributionCommand[] => {
    const { into } = state as { into?: string }
    return into === undefined ? [] : [{ type: 'join', survivor: into, merged }]
  }),
  ...(await store.log('main')).flatMap(({ type, key, at }): AttributionCommand[] =>
    type === 'staff.departed' ? [{ type: 'take-departure', staff: key.id, at }] : [],
  ),
]

/**
 * Tells the slice everything in an order of chance, some of it twice, and lets its flows tell on in an
 * order of chance as well. Answers what it says of all visits in the end.
 */
export const tellAtRandom = async (made: MarketingHospital, seed: number) => {
  const world = worldOf(made)
  const roll = dice(seed)
  const now = writeInstant(made.clock.now().getTime())
  const records = new Map<string, Attribution>()
  const own = (id: string): Attribution => records.get(id) ?? { status: 'none' }
  const other = ({ kind, id }: Key) => world(kind).get(id) ?? null
  const told = await tellingOf(world, made)
  const waiting = [...told, ...told.filter(() => roll(3) === 0)]

  const found = ({ kind, equals }: LookUp): Found[] => {
    const values = equals[0] ?? []
    const isMeant = ([id, state]: readonly [string, unknown]) =>
      kind === 'encounter'
        ? values.includes((state as { patient?: string }).patient ?? '')
        : attribution
            .entries?.(state as Attribution, id)
            .some(({ index, equals: [of = ''] }) => index === 'payee' && values.includes(of))
    const all = kind === 'encounter' ? world(kind) : kind === 'attribution' ? records : new Map()
    return [...all].filter(isMeant).map(([id, state]) => {
      return { key: { kind, id }, state: state as Json, version: 1, order: '' }
    })
  }
  const follow = (id: string, event: AttributionEvent): Raised[] =>
    attributionFlows
      .filter(({ on }) => on.includes(event.type))
      .flatMap((flow) => {
        const happened = {
          ...{ key: { kind: 'attribution', id }, version: 1, at: now, actor: 'system' },
          ...{ cause: 'x', place: 0, event },
        } as Happened
        const look = flow.look?.(happened)
        return flow.run(happened, look ? found(look) : [])
      })
  const tell = (command: AttributionCommand) => {
    const [id = ''] = attribution.keys(command, { own, other, fresh: 'fresh' })
    const context: Context<Attribution> = {
      ...{ now, actor: system, id, own, fresh: 'fresh' },
      policy: policy({ ...marketing, attribution: evidence }),
      other: (key, schema) => {
        const state = other(key)
        return state === null ? null : schema.parse(state)
      },
    }
    const decided = attribution.decide(own(id), command, context)
    for (const each of decided) {
      const { id: at, event } = placed(each as AttributionEvent, id)
      records.set(at, attribution.evolve(own(at), event))
      const raised = follow(at, event).filter(({ slice }) => slice.name === attribution.name)
      waiting.push(...raised.map((one) => one.command as AttributionCommand))
    }
  }
  while (waiting.length > 0) {
    const [command] = waiting.splice(roll(waiting.length), 1)
    if (command) tell(command)
  }
  return [...records.values()].flatMap((state) =>
    state.status === 'attributed' ? state.decided : [],
  )
}
