import { system } from './actor.ts'
import { wellFormed } from './malformed.ts'
import type { Parts } from './parts.ts'
import { plainUnder, type Veiled } from './personal.ts'
import { Refusal, refuse } from './refusal.ts'
import type { Ask, Request } from './request.ts'
import { blindWords } from './sealing.ts'
import type { AnySlice, Typed } from './slice.ts'
import { canonical, personalIn, withoutUndefined } from './tree.ts'

/** A command that has the right shape, its personal values veiled. */
export interface ParsedAsk {
  readonly slice: AnySlice
  readonly command: Typed
  readonly veils: readonly Veiled[]
  readonly bind: Ask['bind']
  readonly version: Ask['version']
  /** The id for a record this command may create. */
  readonly fresh: string
}

export interface Prepared {
  readonly place: number
  readonly request: Request
  readonly asks: readonly ParsedAsk[]
  readonly cause: string
  readonly payloadHash: string
}

/** Stands in a parsed command for an id that an earlier command of the same request will give. */
export const bound = (place: number) => `@${place}`

const parse = (ask: Ask, external: boolean, fresh: string): ParsedAsk => {
  const { slice, input, bind, version } = ask
  const placed = Object.entries(bind ?? {}).map(([field, place]) => [field, bound(place)] as const)
  const whole =
    placed.length === 0 ? input : { ...(input as object), ...Object.fromEntries(placed) }
  const command = withoutUndefined(wellFormed(slice.command, whole, { slice: slice.name }))
  const veils = personalIn(command)
  if (external && veils.some((value) => plainUnder(value) === undefined)) {
    return refuse('command.malformed', {
      slice: slice.name,
      paths: ['a sealed value from outside'],
    })
  }
  return { slice, command, veils, bind, version, fresh }
}

/**
 * Parses a batch of requests and veils what is personal in them. A request that is malformed is
 * answered by its refusal at once; the payload's hash is keyed, since payloads hold personal data.
 */
export const prepare = async (
  parts: Parts,
  tenant: string,
  requests: readonly Request[],
): Promise<(Prepared | Refusal)[]> => {
  const parsed = requests.map((request) => {
    try {
      const external = request.actor.id !== system.id
      return request.asks.map((ask) => parse(ask, external, parts.ids.next()))
    } catch (error) {
      if (error instanceof Refusal) return error
      throw error
    }
  })
  const good = parsed.filter((asks): asks is ParsedAsk[] => !(asks instanceof Refusal))
  await blindWords(
    parts,
    tenant,
    good.flatMap((asks) => asks.flatMap(({ veils }) => veils)),
  )
  const texts = requests.map(({ payloadHash, cause }, place) => {
    const asks = parsed[place]
    if (payloadHash !== undefined || cause === undefined || !asks || asks instanceof Refusal)
      return ''
    return asks.map(({ slice, command }) => `${slice.name} ${canonical(command)}`).join('\n')
  })
  const hashes = await parts.cipher.blind(tenant, texts)
  return requests.map((request, place) => {
    const asks = parsed[place]
    if (!asks || asks instanceof Refusal) return asks ?? new Refusal('command.malformed')
    const cause = request.cause ?? parts.ids.next()
    return { place, request, asks, cause, payloadHash: request.payloadHash ?? hashes[place] ?? '' }
  })
}
