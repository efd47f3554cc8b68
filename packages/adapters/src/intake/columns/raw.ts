import * as z from 'zod'

/** A row by itself, with all it takes to read it again. */
const KeptRow = z.strictObject({
  source: z.string(),
  columns: z.array(z.string()),
  cells: z.array(z.string()),
})
type KeptRow = {
  readonly source: string
  readonly columns: readonly string[]
  readonly cells: readonly string[]
}

export const encodeRaw = (row: KeptRow): Uint8Array => new TextEncoder().encode(JSON.stringify(row))

/** Undefined for anything but the raw form of a row. */
export const readRaw = (raw: Uint8Array): KeptRow | undefined => {
  try {
    return KeptRow.parse(JSON.parse(new TextDecoder().decode(raw)))
  } catch {
    return undefined
  }
}
