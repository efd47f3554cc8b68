import * as z from 'zod'
import { metricNames, metrics } from '../satisfaction/metrics.ts'

const caseOf = (name: (typeof metricNames)[number]) =>
  z.strictObject({
    id: z.string().min(1),
    metric: z.literal(name),
    input: metrics[name].input as z.ZodType,
    /** Of an object only the keys that are present are compared. */
    expect: z.json(),
    /** How far a number may lie off; 1e-9 unless told. */
    tolerance: z.number().min(0).optional(),
    note: z.string().optional(),
  })

const [first = 'nps.score', ...others] = metricNames

/** A file of cases of satisfaction metrics. Refuses unknown metrics and whatever a metric does not take. */
export const MetricCases = z.strictObject({
  format: z.literal('metric-cases/1'),
  cases: z.array(z.discriminatedUnion('metric', [caseOf(first), ...others.map(caseOf)])),
})
export type MetricCases = z.infer<typeof MetricCases>
