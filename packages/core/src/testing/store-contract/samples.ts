import type { Change, Happening, Store, Unit } from '../../ports/store.ts'

/** A test of the contract: skipped when its title is, run on a fresh store otherwise. */
export interface Suite {
  readonly holds: (title: string, check: () => Promise<void>) => void
  /** The test's own fresh store. */
  readonly store: () => Store
}

const at = '2026-03-02T00:00:00.000Z'

export const change = (id: string, version: number, more: Partial<Change> = {}): Change => ({
  key: { kind: 'thing', id },
  version,
  state: { id, version },
  entries: [],
  ...more,
})
export const event = (id: string, version: number, more: Partial<Happening> = {}): Happening => ({
  key: { kind: 'thing', id },
  version,
  type: 'thing.changed',
  at,
  actor: 'somebody',
  data: { version },
  ...more,
})
let count = 0
export const unit = (more: Partial<Unit> = {}): Unit => {
  count += 1
  const cause = more.cause ?? `cause-${count}`
  return {
    cause,
    kept: { payloadHash: 'hash', answer: [cause] },
    reads: [],
    changes: [],
    events: [],
    ...more,
  }
}
