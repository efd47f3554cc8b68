import { Refusal } from '@hospital-crm/core'

/** What a driver's error says of itself; everything else it carries may quote a value. */
interface Told {
  readonly code?: string
  readonly severity?: string
  readonly table?: string
  readonly constraint?: string
  readonly routine?: string
}

const codeOf = (error: unknown): string | undefined => {
  const code = (error as Told | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

const isSqlState = (code: string | undefined) => /^[0-9A-Z]{5}$/.test(code ?? '')

/** Whether the same may well succeed when tried again: a lost race, a connection that ended, a forgotten statement. */
export const isPassing = (error: unknown): boolean => {
  if (error instanceof Refusal || !(error instanceof Error)) return false
  const code = codeOf(error)
  if (isSqlState(code)) return /^(40001|40P01|57P0[123]|08...|25P03|26000|42P05)$/.test(code ?? '')
  return (
    /^(ECONN|EPIPE|ETIMEDOUT)/.test(code ?? '') || /[Cc]onnection|not queryable/.test(error.message)
  )
}

/** Whether a transaction cannot go on after it, or there was none: it failed before, or is over. */
export const endsTransaction = (error: unknown): boolean =>
  isPassing(error) ||
  /^(25P0[12])$/.test(codeOf(error) ?? '') ||
  (error instanceof Error && /already (committed|rolled back)/.test(error.message))

/** Texts and lengths that PostgreSQL cannot hold. */
const unstorable = /^(22021|22P05|54000)$/

/** A driver gives no code for a connection that ended, or on which nothing came in time. */
const isOfConnection = ({ message }: Error) => /[Cc]onnection|not queryable|timeout/.test(message)

/**
 * Throws an error on as it may be told: without the values that a database quotes in messages and details, and with
 * SQLSTATE's code for a connection that failed where it has none.
 */
export const tell = (error: unknown): never => {
  const code = codeOf(error)
  if (error instanceof Refusal || !(error instanceof Error)) throw error
  if (code === undefined && isOfConnection(error)) throw Object.assign(error, { code: '08006' })
  const { severity, table, constraint, routine } = error as Told
  // What the database itself has not said has been told before.
  if (!isSqlState(code) || severity === undefined) throw error
  if (unstorable.test(code ?? '')) throw new Refusal('store.unstorable', { sqlState: code ?? '' })
  const place = [table, constraint, routine].filter(Boolean).join(', ')
  const message = `the database refused a statement: SQLSTATE ${code} (${place})`
  throw Object.assign(new Error(message), { code })
}
