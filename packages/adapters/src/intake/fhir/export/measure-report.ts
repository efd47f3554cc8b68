import type { Report } from '@hospital-crm/rules'
import { concept, type FhirExportOptions, idFor, systemOf } from './names.ts'

/** Which figure a report shows, of which local days, and when it was made. */
export interface MeasuredOf {
  /** As it was asked of `crm.views.report`, e.g. `coverage`. */
  readonly name: string
  readonly from: string
  readonly to: string
  /** In UTC. */
  readonly date: string
}

const population = (code: 'numerator' | 'denominator' | 'measure-population', count: unknown) =>
  typeof count === 'number' && Number.isInteger(count)
    ? [
        {
          code: {
            coding: [{ system: 'http://terminology.hl7.org/CodeSystem/measure-population', code }],
          },
          count,
        },
      ]
    : []

/** A report has a figure, its bounds, and what it was made of; one of plain sums has the sum alone. */
const stratumOf = ([group, value, ...rest]: readonly unknown[]) => {
  const isPlain = rest.length === 0
  const [over, under] = rest.slice(-2)
  const made = isPlain
    ? population('measure-population', value)
    : [...population('numerator', over), ...population('denominator', under)]
  return {
    value: concept(String(group)),
    ...(made.length > 0 && { population: made }),
    ...(typeof value === 'number' && { measureScore: { value } }),
  }
}

/**
 * A report of one figure as a FHIR R4 MeasureReport, a stratum for each of its groups. What the report hides, or what
 * is undefined, is left out and never 0.
 */
export const toFhirMeasureReport = (
  { data: { columns, rows } }: Report,
  { name, from, to, date }: MeasuredOf,
  options: FhirExportOptions = {},
) => ({
  resourceType: 'MeasureReport' as const,
  id: idFor('report', JSON.stringify([name, columns, from, to, date])),
  status: 'complete' as const,
  type: 'summary' as const,
  measure: `${systemOf(options)}/measure/${name}`,
  date,
  period: { start: from, end: to },
  group: [
    {
      code: concept(name),
      stratifier: [{ code: [concept(String(columns[0]))], stratum: rows.map(stratumOf) }],
    },
  ],
})
