import { Liquid } from 'liquidjs'
import { type Encoding, encodings, type Value } from './encoding.ts'

export interface EngineOptions {
  readonly encoding: Encoding
  /** IANA. Instants are shown as of there. */
  readonly zone: string
  readonly locale: string
}

/** What a template may do. No loops, no other templates, no files, nothing unescaped. */
const tags = new Set(['#', 'assign', 'case', 'comment', 'if', 'raw', 'unless'])
const filters = new Set(
  (
    'abs append at_least at_most capitalize ceil date default divided_by downcase floor lstrip minus ' +
    'modulo plus prepend round rstrip size slice strip times truncate upcase'
  ).split(' '),
)

/** Characters of a template, objects it may make, milliseconds it may take: far beyond any message. */
const limits = { parseLimit: 20_000, memoryLimit: 200_000, renderLimit: 1_000 }

const day = /^\d{4}-\d\d-\d\d$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/

const withoutOthers = (table: Record<string, unknown>, allowed: ReadonlySet<string>) => {
  for (const name of Object.keys(table)) if (!allowed.has(name)) delete table[name]
}

/** Liquid with everything taken out that a message does not need. */
export const engineFor = ({ encoding, zone, locale }: EngineOptions): Liquid => {
  const write = encodings[encoding]
  const engine = new Liquid({
    ...limits,
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
    locale,
    timezoneOffset: zone,
    outputEscape: (value: Value | null | undefined) => {
      // What was assigned from an absent value comes here without a word from the engine.
      if (value === null || value === undefined) {
        throw Object.assign(new Error('no value'), { variableName: '' })
      }
      if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('no number')
      return write(value)
    },
  })
  withoutOthers(engine.tags, tags)
  withoutOthers(engine.filters, filters)
  const { date } = engine.filters
  engine.registerFilter('date', function (value: unknown, format?: string) {
    const text = String(value)
    if (typeof date !== 'function' || !(day.test(text) || instant.test(text))) {
      throw new TypeError('no date')
    }
    // A day is the same day everywhere: only instants move with the zone.
    return date.call(this, text, format ?? '%Y-%m-%d', day.test(text) ? 'UTC' : zone)
  })
  return engine
}
