import type { Change } from '../ports/store.ts'
import { attributesOf } from './access.ts'
import type { AnySlice } from './slice.ts'

/** A record's new state with all that stores keep beside it; a record of the kernel's own has no slice. */
export const changeOf = (
  slice: AnySlice | undefined,
  record: Pick<Change, 'key' | 'version' | 'state'>,
): Change => ({
  ...record,
  entries: slice?.entries?.(record.state, record.key.id) ?? [],
  attributes: attributesOf(slice, record.state, record.key.id),
})
