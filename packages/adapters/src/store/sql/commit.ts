import type { Unit, UnitOutcome } from '@hospital-crm/core'
import { sql, type Transaction } from 'kysely'
import { claim } from './claim.ts'
import { judge } from './judge.ts'
import { patiently } from './patience.ts'
import type { Engine, Tables } from './schema.ts'
import { confine } from './tenant-guard.ts'
import { write } from './write.ts'

/** A transaction that was written, and perhaps committed: its connection ended before the answer came. */
interface Sent {
  readonly id: string
  readonly outcomes: readonly UnitOutcome[]
}

const hasCommitted = async (inside: Transaction<Tables>, { id }: Sent) => {
  const { rows } = await sql<{ status: string | null }>`
    select pg_xact_status(${id}::xid8) as status`.execute(inside)
  return rows[0]?.status === 'committed'
}

/** A tenant of which nothing was written is none. */
const forget = (inside: Transaction<Tables>, schema: string, tenant: string) =>
  sql`delete from ${sql.id(schema, 'heads')} where tenant = ${tenant}`.execute(inside)

/** Commits units in one transaction under the tenant's head, and finds out how it ended when the connection breaks. */
export const commit = async (
  engine: Pick<Engine, 'db' | 'schema' | 'guarded'>,
  tenant: string,
  units: readonly Unit[],
): Promise<readonly UnitOutcome[]> => {
  const { db, schema } = engine
  let sent: Sent | undefined
  const attempt = () =>
    db.transaction().execute(async (inside) => {
      await confine(engine, inside, tenant)
      const { isFirst, ...known } = await claim(inside, schema, tenant, units)
      // Whoever had the head before has ended, so a transaction in doubt is decided by now.
      if (sent && (await hasCommitted(inside, sent))) return sent.outcomes
      sent = undefined
      const { outcomes, writing } = judge(known, units)
      if (writing) sent = { id: await write(inside, schema, tenant, writing), outcomes }
      else if (isFirst) await forget(inside, schema, tenant)
      return outcomes
    })
  return patiently(attempt)
}
