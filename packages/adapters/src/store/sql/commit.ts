import { isDeepStrictEqual } from 'node:util'
import type { Store, Unit, UnitOutcome } from '@hospital-crm/core'
import { type Kysely, sql, type Transaction } from 'kysely'
import { claim } from './claim.ts'
import { judge, judgeHopefully, type Known } from './judge.ts'
import { once, patiently } from './patience.ts'
import type { Engine, Tables } from './schema.ts'
import { confine } from './tenant-guard.ts'
import { write } from './write.ts'

/** A transaction that was written, and perhaps committed: its connection ended before the answer came. */
interface Sent {
  /** Absent where the database had not yet said under which id it remembers it. */
  readonly id?: string
  readonly outcomes: readonly UnitOutcome[]
}

/** Whether the answers kept for all causes are those that these units would have left. */
const areKept = ({ kept }: Known, units: readonly Unit[]) =>
  units.every((unit) => unit.kept && isDeepStrictEqual(kept.get(unit.cause), unit.kept))

const hasCommitted = async (inside: Transaction<Tables>, id: string) => {
  const { rows } = await sql<{ status: string | null }>`
    select pg_xact_status(${id}::xid8) as status`.execute(inside)
  return rows[0]?.status === 'committed'
}

/** A tenant of which nothing was written is none. */
const forget = (inside: Transaction<Tables>, schema: string, tenant: string) =>
  sql`delete from ${sql.id(schema, 'heads')} where tenant = ${tenant}`.execute(inside)

/**
 * Commits units in one transaction under the tenant's head, and finds out how it ended when the connection
 * breaks. Mostly all stands as the units expect, so that is tried in one statement; where it does not, what
 * stands is read first. Units without a cause to be found again by are not tried so.
 */
export const createCommit = (
  engine: Pick<Engine, 'db' | 'schema' | 'guarded' | 'lent'>,
): Store['commit'] => {
  const { db, schema, lent = false } = engine
  /** Tenants for whom others were writing at the last look, so that hope would be in vain. */
  const contended = new Set<string>()

  return (tenant, units) => {
    const hoped = units.every(({ kept }) => kept) ? judgeHopefully(units) : undefined
    let isHopeful = !lent && hoped !== undefined && !contended.has(tenant)
    let sent: Sent | undefined
    const done = units.map((): UnitOutcome => 'done')
    const inTransaction = <T>(work: (inside: Transaction<Tables>) => Promise<T>) =>
      db.transaction().execute(async (inside) => {
        await confine(engine, inside, tenant)
        return work(inside)
      })

    const lookAndWrite = async (inside: Transaction<Tables>) => {
      const claimed = await claim(inside, schema, tenant, units)
      const { isFirst, transaction, waited } = claimed
      if (!waited) contended.delete(tenant)
      // Whoever had the head before has ended, so a transaction in doubt is decided by now.
      if (sent) {
        const { id, outcomes } = sent
        const isDone = id ? await hasCommitted(inside, id) : areKept(claimed, units)
        if (isDone) return outcomes
      }
      sent = undefined
      const { outcomes, writing } = judge(claimed, units)
      if (writing) {
        sent = { id: transaction, outcomes }
        const isWritten = await write(inside, schema, tenant, writing)
        if (!isWritten) throw new Error('what was claimed no longer stands')
      } else if (isFirst) await forget(inside, schema, tenant)
      return outcomes
    }

    return (lent ? once : patiently)(async () => {
      if (isHopeful && hoped) {
        isHopeful = false
        sent = { outcomes: done }
        const writing = (on: Kysely<Tables>) => write(on, schema, tenant, hoped)
        // A statement by itself is a transaction of its own.
        if (await (engine.guarded ? inTransaction(writing) : writing(db))) return done
        sent = undefined
        contended.add(tenant)
      }
      return inTransaction(lookAndWrite)
    })
  }
}
