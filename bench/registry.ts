import { commands } from './commands.ts'
import { copying } from './copying.ts'
import { growth } from './growth.ts'
import { hl7 } from './hl7.ts'
import { imports } from './imports.ts'
import type { Bench } from './measure.ts'
import { mllp } from './mllp.ts'
import { planning } from './planning.ts'
import { refund } from './refund.ts'
import { rules } from './rules/index.ts'
import { settling } from './settling/index.ts'
import { statistics } from './statistics.ts'
import { ticking } from './ticking.ts'
import { workers } from './workers.ts'
import { worklist } from './worklist.ts'
import { pgliteDatabase, postgresDatabase } from './yardstick/database.ts'

/** Every bench by the name it is called with, in the order in which all are run. */
export const benches: Readonly<Record<string, Bench>> = {
  planning,
  hl7,
  'commands-pglite': commands(pgliteDatabase, 0.6),
  'commands-postgres': commands(postgresDatabase, 0.8),
  'import-pglite': imports(pgliteDatabase),
  'import-postgres': imports(postgresDatabase),
  copying,
  growth,
  'worklist-pglite': worklist(pgliteDatabase),
  'worklist-postgres': worklist(postgresDatabase),
  ticking,
  workers,
  statistics,
  rules,
  settling,
  refund,
  mllp,
}
