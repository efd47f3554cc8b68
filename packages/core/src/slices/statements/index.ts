import type { Month } from '@hospital-crm/rules'
import type { Attributes } from '../../kernel/access.ts'
import { partOfId } from '../../kernel/fields.ts'
import type { Slice } from '../../kernel/slice.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { runKey, settlementKey } from './keys.ts'
import { StatementCommand, StatementEvent, StatementRecord } from './schema.ts'

export { hashOf } from './decide.ts'

interface Whose {
  readonly role: 'rep' | 'partner'
  readonly payee: string
}

export const statementId = (month: Month, { role, payee }: Whose) =>
  `${month}/${role}/${partOfId(payee)}`

export const statement: Slice<StatementRecord, StatementCommand, StatementEvent> = {
  name: 'statement',
  state: StatementRecord,
  command: StatementCommand,
  event: StatementEvent,
  initial: { status: 'none' },
  keys: (command) => [statementId(command.month, command)],
  needs: ({ month }) => [settlementKey(month), runKey(month)],
  decide,
  evolve,
  lists: { month: ['month'], payee: ['role', 'payee'] },
  entries: (state): Entry[] => {
    if (state.status === 'none') return []
    const { month, role, payee } = state
    return [
      { index: 'month', equals: [month], order: `${role}/${partOfId(payee)}` },
      { index: 'payee', equals: [role, payee], order: month },
    ]
  },
  attributes: (state): Attributes => (state.status === 'none' ? {} : { payee: [state.payee] }),
}
