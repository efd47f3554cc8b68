import * as z from 'zod'

/** What a field of a state can hold, as far as a column has to know. */
export type Shape =
  /** Enciphered, or of no shape that is known: no report can read it. */
  | { readonly is: 'hidden' }
  | { readonly is: 'column'; readonly type: ColumnType }
  | { readonly is: 'object'; readonly fields: ReadonlyMap<string, Shape> }
  | { readonly is: 'list'; readonly of: Shape }

export type ColumnType =
  | 'text'
  | 'date'
  | 'timestamptz'
  | 'bigint'
  | 'numeric'
  | 'boolean'
  | 'jsonb'

interface Json {
  readonly type?: string
  readonly format?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Json>>
  readonly additionalProperties?: Json | boolean
  readonly items?: Json
  readonly anyOf?: readonly Json[]
  readonly oneOf?: readonly Json[]
  readonly $ref?: string
}

const column = (type: ColumnType): Shape => ({ is: 'column', type })
const hidden: Shape = { is: 'hidden' }

/** Whether anything in it is hidden, so that it must not be shown as a whole. */
export const hides = (shape: Shape): boolean => {
  if (shape.is === 'object') return [...shape.fields.values()].some(hides)
  return shape.is === 'list' ? hides(shape.of) : shape.is === 'hidden'
}

const merged = (one: Shape, other: Shape): Shape => {
  if (one.is === 'object' && other.is === 'object') {
    const fields = new Map(one.fields)
    for (const [name, shape] of other.fields) {
      const before = fields.get(name)
      fields.set(name, before ? merged(before, shape) : shape)
    }
    return { is: 'object', fields }
  }
  if (one.is === 'list' && other.is === 'list') return { is: 'list', of: merged(one.of, other.of) }
  if (hides(one) || hides(other)) return hidden
  if (one.is !== 'column' || other.is !== 'column') return column('jsonb')
  return one.type === other.type ? one : column('text')
}

const typeOfText = (format: string | undefined): ColumnType => {
  if (format === 'date') return 'date'
  return format === 'date-time' ? 'timestamptz' : 'text'
}

const shapeOfJson = (json: Json): Shape => {
  const variants = (json.anyOf ?? json.oneOf)?.filter(({ type }) => type !== 'null')
  if (variants) return variants.map(shapeOfJson).reduce(merged)
  const { properties, additionalProperties, items } = json
  if (properties) {
    if ('sealed' in properties && 'subject' in properties) return hidden
    const fields = Object.entries(properties).map(([name, of]) => [name, shapeOfJson(of)] as const)
    return { is: 'object', fields: new Map(fields) }
  }
  if (json.type === 'array' && items) return { is: 'list', of: shapeOfJson(items) }
  if (typeof additionalProperties === 'object')
    return hides(shapeOfJson(additionalProperties)) ? hidden : column('jsonb')
  const type = json.type ?? typeof (json.const ?? json.enum?.[0])
  if (type === 'string') return column(typeOfText(json.format))
  if (type === 'integer') return column('bigint')
  if (type === 'number') return column('numeric')
  return type === 'boolean' ? column('boolean') : hidden
}

/** The shape of a record's state, all its statuses together. */
export const shapeOf = (state: z.ZodType): Shape =>
  shapeOfJson(z.toJSONSchema(state, { io: 'input', unrepresentable: 'any' }) as Json)
