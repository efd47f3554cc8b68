import { Instant, IntakeCharge, IntakeIdentifier } from '@hospital-crm/core'
import * as z from 'zod'

const Text = z.string().min(1)

/** The line of a bill that stands for a row, under the id it has there. */
const ChargedRow = z.strictObject({ visit: Text, occurredAt: Instant, line: IntakeCharge })
export type ChargedRow = z.infer<typeof ChargedRow>

/** What is remembered of a row of the window, so that its changes and its end are noticed. */
const SeenRow = z.strictObject({
  key: Text,
  hash: Text,
  /** How often its content has changed, itself included. */
  revision: z.int().positive(),
  /** When the source wrote it, or when what it tells happened; missing for a row that cannot be read. */
  at: Instant.optional(),
  /** What its end would undo, and whose it is. */
  undoes: z
    .strictObject({
      type: z.enum(['admission-cancelled', 'discharge-cancelled']),
      isDischarged: z.boolean(),
      occurredAt: Instant,
      visit: Text,
      person: IntakeIdentifier,
    })
    .optional(),
  /** What its end or another word of it would take back. */
  charged: ChargedRow.optional(),
  /** `missed`: it was not there at the last pull. `gone`: nor at the one before, and what it told was undone. */
  status: z.enum(['missed', 'gone']).optional(),
})
export type SeenRow = z.infer<typeof SeenRow>

/**
 * Where a pull stands: plain data that the host keeps from one pull to the next, as safe as the rows themselves,
 * since it holds a number of each patient of the window.
 */
export const ViewCursor = z.strictObject({
  version: z.literal(1),
  /** Rows written before are not looked at any more. */
  since: Instant,
  rows: z.array(SeenRow),
})
export type ViewCursor = z.infer<typeof ViewCursor>

/** The cursor of a first pull: what was written since this instant is taken. */
export const startAt = (since: string): ViewCursor =>
  ViewCursor.parse({ version: 1, since, rows: [] })
