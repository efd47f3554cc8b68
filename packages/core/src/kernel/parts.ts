import type { Policy } from '@hospital-crm/rules'
import type { Cipher } from '../ports/cipher.ts'
import type { Clock, Ids } from '../ports/clock.ts'
import type { Logger } from '../ports/logger.ts'
import type { Key, Store } from '../ports/store.ts'
import type { Words } from '../ports/words.ts'
import type { Effect } from './effect.ts'
import type { Feed } from './feed.ts'
import type { Flow } from './flow.ts'
import type { Read } from './read.ts'
import type { Portrait } from './roll-up.ts'
import type { AnySlice } from './slice.ts'
import type { Tick } from './tick.ts'

/** Where a tenant's policy is kept, so that the kernel needs not know which slice keeps it. */
export interface PolicySource {
  /** The record whose version decides whether a policy read before still stands. */
  readonly key: Key
  /** What else is needed to read the policy, by that record's state. */
  rest(state: unknown): readonly Key[]
  /** The policy; `undefined` while the tenant is not founded. */
  read(state: unknown, rest: readonly unknown[]): Policy | undefined
}

/** What a piece of the CRM adds to the road: the core's own parts have this shape, and so has a vendor's. */
export interface Extension {
  readonly slices?: readonly AnySlice[]
  readonly flows?: readonly Flow[]
  readonly ticks?: readonly Tick[]
  readonly effects?: readonly Effect[]
  /** What statistics see of records, and count. */
  readonly portraits?: readonly Portrait[]
  /** Who else is told of what happens. */
  readonly feeds?: readonly Feed[]
  /** What can be asked that is no single record and no list, by name. */
  readonly reads?: readonly Read[]
}

/** Everything the kernel's verbs work with. */
export interface Parts {
  readonly store: Store
  readonly cipher: Cipher
  readonly clock: Clock
  readonly ids: Ids
  readonly logger: Logger
  readonly words: Words
  readonly policySource: PolicySource
  /** Refuses to go on with a cipher that does not open what the store holds. */
  readonly probe: (tenant: string) => Promise<void>
  readonly slices: ReadonlyMap<string, AnySlice>
  readonly flows: readonly Flow[]
  readonly ticks: readonly Tick[]
  readonly effects: readonly Effect[]
  readonly portraits: readonly Portrait[]
  readonly feeds: readonly Feed[]
}
