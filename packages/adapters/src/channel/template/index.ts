import { refuse } from '@hospital-crm/core'
import type { Liquid, Template as Node } from 'liquidjs'
import type { Encoding, Value } from './encoding.ts'
import { engineFor } from './engine.ts'

export type { Encoding, Value } from './encoding.ts'

export interface TemplateOptions {
  /** How values are written: `text` for SMS and plain mail, `html` for rich mail, `json` for webhooks. */
  readonly encoding: Encoding
  /** The hospital's time zone, IANA, in which `date` shows instants; days stay as they are. */
  readonly zone: string
  /** The language of months and weekdays in `date`; `zh-CN` unless told. */
  readonly locale?: string
}

export interface Template {
  /** The values it can show or ask for, by name. */
  readonly names: readonly string[]
  /**
   * The text with these values. Refuses an absent value (`template.missing-value`), unless the template asks
   * for it with `if` or gives a `default`; one that is neither text, number nor truth (`template.bad-value`);
   * more work or text than a message is (`template.too-costly`); what is then no JSON (`template.not-json`).
   */
  render(values: Readonly<Record<string, Value>>): string
}

const longest = 100_000

interface LiquidFault {
  readonly message?: string
  readonly originalError?: { readonly variableName?: string }
  readonly token?: { getPosition?(): readonly number[] }
}

/** A fault of the engine as a refusal that names places and names of the template, never a value. */
const refuseFor = (fault: unknown, code: string): never => {
  const { message = '', originalError, token } = fault as LiquidFault
  const [line, column] = token?.getPosition?.() ?? []
  const place = { ...(line !== undefined && { line }), ...(column !== undefined && { column }) }
  if (message.includes('limit exceeded')) return refuse('template.too-costly', place)
  const missing = originalError?.variableName
  if (missing === undefined) return refuse(code, place)
  return refuse('template.missing-value', { ...place, ...(missing !== '' && { name: missing }) })
}

const parsed = (engine: Liquid, source: string): Node[] => {
  try {
    return engine.parse(source)
  } catch (fault) {
    return refuseFor(fault, 'template.malformed')
  }
}

/**
 * A message template as the staff of a hospital write it, in Liquid: outputs, `if`, `unless`, `case`,
 * `assign`, comments and a few filters. It reaches no file, no other template and nothing but the values it
 * is given. Refuses a source that is none of that (`template.malformed`, with line and column).
 */
export const compileTemplate = (
  source: string,
  { encoding, zone, locale = 'zh-CN' }: TemplateOptions,
): Template => {
  const engine = engineFor({ encoding, zone, locale })
  const nodes = parsed(engine, source)

  const text = (values: Readonly<Record<string, Value>>): string => {
    try {
      return engine.renderSync(nodes, Object.assign(Object.create(null), values))
    } catch (fault) {
      return refuseFor(fault, 'template.failed')
    }
  }
  return {
    names: engine.globalVariablesSync(nodes),
    render: (values) => {
      const bad = Object.keys(values).find(
        (name) => !['string', 'number', 'boolean'].includes(typeof values[name]),
      )
      if (bad !== undefined) refuse('template.bad-value', { name: bad })
      const written = text(values)
      if (written.length > longest) refuse('template.too-costly', { longest })
      if (encoding === 'json' && !isJson(written)) refuse('template.not-json')
      return written
    },
  }
}

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
