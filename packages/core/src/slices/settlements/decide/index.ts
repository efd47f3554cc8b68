import { match } from 'ts-pattern'
import type { Context, On } from '../../../kernel/slice.ts'
import type { Settlement, SettlementCommand, SettlementEvent } from '../schema.ts'
import { exportPayout, pay } from './paying.ts'
import { approve, closeDispute, dispute, draft, freeze, reopen } from './signing.ts'

export const decide = (
  known: Settlement,
  command: SettlementCommand,
  context: Context<Settlement>,
) =>
  match(command)
    .returnType<(SettlementEvent | On<SettlementEvent>)[]>()
    .with({ type: 'draft' }, (said) => draft(known, said, context))
    .with({ type: 'approve' }, (said) => approve(known, said, context))
    .with({ type: 'dispute' }, (said) => dispute(known, said, context))
    .with({ type: 'close-dispute' }, (said) => closeDispute(known, said, context))
    .with({ type: 'reopen' }, () => reopen(known))
    .with({ type: 'freeze' }, (said) => freeze(known, said, context))
    .with({ type: 'export' }, (said) => exportPayout(known, said, context))
    .with({ type: 'pay' }, (said) => pay(known, said, context))
    .exhaustive()
