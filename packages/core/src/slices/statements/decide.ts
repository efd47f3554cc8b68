import type { Statement } from '@hospital-crm/rules'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical } from '../../kernel/tree.ts'
import { runKey, settlementKey } from './keys.ts'
import type { StatementCommand, StatementEvent, StatementRecord } from './schema.ts'

const Header = z.object({ status: z.string(), hash: z.string().optional() })
const Run = z.object({
  statements: z.array(z.object({ role: z.string(), payee: z.string(), hash: z.string() })),
})

/** A hash of a statement's content, whatever the order in which a store gives its fields. */
export const hashOf = (statement: Statement): string =>
  bytesToHex(sha256(utf8ToBytes(canonical(statement))))

/** Freezes what the run says, in the same commit as the settlement's header and never without it. */
export const decide = (
  known: StatementRecord,
  { type: _, ...said }: StatementCommand,
  { now, other }: Context<StatementRecord>,
): StatementEvent[] => {
  const { month, role, payee, statement, hash } = said
  if (known.status === 'frozen') {
    return known.hash === hash ? [] : refuse('statement.frozen', { month })
  }
  const { status } = other(settlementKey(month), Header) ?? { status: 'none' }
  if (status !== 'frozen') return refuse('statement.not-frozen', { month })
  const run = other(runKey(month), Run)?.statements
  const drafted = run?.find((one) => one.role === role && one.payee === payee)
  if (drafted?.hash !== hash || hashOf(statement) !== hash) {
    return refuse('statement.other-hash', { month })
  }
  return [{ type: 'statement.frozen', ...said, at: now }]
}
