import type { Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide/index.ts'
import { keys, needs } from './decide/keys.ts'
import { evolve } from './evolve.ts'
import { Settlement, SettlementCommand, SettlementEvent } from './schema.ts'

export { monthBefore, payoutsId, runId } from './decide/keys.ts'
export { classOf } from './payee-class.ts'

export const settlement: Slice<Settlement, SettlementCommand, SettlementEvent> = {
  name: 'settlement',
  state: Settlement,
  command: SettlementCommand,
  event: SettlementEvent,
  initial: { status: 'none' },
  keys,
  needs,
  decide,
  evolve,
  lists: { month: [] },
  entries: (state): Entry[] =>
    'hash' in state ? [{ index: 'month', equals: [], order: state.month }] : [],
}
