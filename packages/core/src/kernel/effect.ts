import type { Found, Json } from '../ports/store.ts'
import { system } from './actor.ts'
import type { Raised } from './flow.ts'
import type { Opener } from './opening.ts'
import type { Parts } from './parts.ts'
import { Refusal } from './refusal.ts'
import type { Road } from './road.ts'

/** A claimed piece of work: its record as claimed, with the personal data opened. */
export interface Claimed {
  readonly id: string
  readonly state: Json
}

/**
 * Something done outside, in three commits: asked (by whoever raises it), claimed under a token that
 * runs out, closed by the token's holder. The record's entry in `index` is ordered by the instant
 * from which it may be claimed, or claimed again.
 */
export interface Effect {
  readonly name: string
  readonly kind: string
  readonly index: string
  readonly equals: readonly (readonly string[])[]
  /** The claim. It decides anew whether the deed is still wanted, and may put it off or cancel it. */
  readonly claim: (due: Found, token: string) => Raised
  /** Whether a record is claimed under this token. */
  readonly claimed: (state: Json, token: string) => boolean
  /** Does the deed for all of them; one outcome each, in order. Must not throw for what one of them does. */
  readonly perform: (tenant: string, claimed: readonly Claimed[]) => Promise<readonly Json[]>
  readonly close: (id: string, token: string, outcome: Json) => Raised
}

const batch = 100

/** Performs what is due. Whoever dies between claim and close leaves a claim that runs out and is taken again. */
export const createPerform = (parts: Parts, road: Road, opener: Opener) => {
  const { store, clock, ids, effects } = parts
  const ask = (tenant: string, cause: string, raised: readonly Raised[]) =>
    road(
      tenant,
      raised.map(({ slice, at, command }) => {
        return { asks: [{ slice, input: command }], actor: system, cause: `${cause}:${at}` }
      }),
    )

  const perform = async (tenant: string, effect: Effect, due: readonly Found[]) => {
    const token = ids.next()
    await ask(
      tenant,
      `claim:${token}`,
      due.map((item) => effect.claim(item, token)),
    )
    const { records } = await store.load(
      tenant,
      due.map(({ key }) => key),
      [],
    )
    const mine = records.filter((record) => record && effect.claimed(record.state, token))
    const states = await opener.open(
      tenant,
      mine.map((record) => record?.state ?? null),
    )
    const claimed = mine.map((record, at) => ({
      id: record?.key.id ?? '',
      state: states[at] ?? null,
    }))
    if (claimed.length === 0) return 0
    const outcomes = await effect.perform(tenant, claimed)
    const closed = claimed.map(({ id }, at) => effect.close(id, token, outcomes[at] ?? null))
    const answers = await ask(tenant, `close:${token}`, closed)
    const late = answers.filter((answer) => answer instanceof Refusal).length
    if (late > 0)
      parts.logger.warn(
        { tenant, effect: effect.name, late },
        'closed too late: claims had run out',
      )
    return claimed.length
  }

  return async (tenant: string): Promise<number> => {
    let performed = 0
    for (const effect of effects) {
      const { kind, index, equals } = effect
      let after: string | undefined
      do {
        const to = clock.now().toISOString()
        const query = { index, equals, to, limit: batch, ...(after && { after }) }
        const page = await store.list(tenant, kind, query)
        performed += await perform(tenant, effect, page.items)
        after = page.next
      } while (after)
    }
    return performed
  }
}
