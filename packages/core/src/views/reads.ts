import * as z from 'zod'
import { Day, Instant, Text } from '../kernel/fields.ts'
import { asked, type Read, viewed } from '../kernel/read.ts'
import { coverageOf } from './coverage.ts'
import { dayList } from './day-list.ts'
import { roundProposal } from './round-proposal.ts'
import { dashboard, ReportQuery, report, reportForPublication, reportNames } from './statistics.ts'
import { timeline } from './timeline.ts'

const Named = z.strictObject({ report: z.enum(reportNames), ...ReportQuery.shape })

const Team = z.strictObject({
  team: Text,
  regions: z.array(Text).max(100),
  vehicle: Text.optional(),
  most: z.int().min(1).max(1000),
})

/** What the crm can be asked beside records and lists. */
export const ownReads: readonly Read[] = [
  viewed(dayList),
  viewed(timeline),
  asked('coverage', z.strictObject({ from: Instant, to: Instant }), coverageOf),
  asked(
    'round-proposal',
    z.strictObject({ day: Day, teams: z.array(Team).min(1).max(100) }),
    roundProposal,
  ),
  asked('report', Named, (door, { report: name, ...query }) => report(door, name, query)),
  asked('report-for-publication', Named, (door, { report: name, ...query }) =>
    reportForPublication(door, name, query),
  ),
  asked(
    'dashboard',
    z.strictObject({
      month: z.string().regex(/^\d{4}-\d{2}$/),
      ...ReportQuery.omit({ from: true, to: true }).shape,
    }),
    (door, { month, ...query }) => dashboard(door, month, query),
  ),
]
