import type { Store } from '../ports/store.ts'
import type { Parts } from './parts.ts'
import { createProbe } from './probe.ts'
import { createReader, type Reader } from './reader.ts'
import { createRestore } from './restore.ts'
import { createRoad } from './road.ts'

/** The ways of commands and of reading over one store. */
export interface Kernel extends ReturnType<typeof createRoad> {
  readonly parts: Parts
  readonly reader: Reader
  readonly restore: ReturnType<typeof createRestore>
}

export const kernelOf = (parts: Parts): Kernel => {
  const reader = createReader(parts)
  return { ...createRoad(parts), parts, reader, restore: createRestore(parts, reader.opener) }
}

/** The same over another store, with memories of its own: what was seen there may be taken back. */
export const kernelOn = (store: Store, parts: Parts): Kernel =>
  kernelOf({ ...parts, store, probe: createProbe({ store, cipher: parts.cipher }) })
