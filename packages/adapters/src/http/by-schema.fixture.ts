import fc from 'fast-check'

export interface Schema {
  readonly [keyword: string]: unknown
}

/** Words that stand for records which earlier commands of a run may have made. */
const pool = ['a', 'V1', 'li', 'one/2', '2026-03-02', '@0', 'constructor', '__proto__']

const texts = ({ format, pattern, minLength = 0, maxLength = 30 }: Schema) => {
  if (format === 'date') return fc.constantFrom('2026-03-02', '2026-02-28', '2027-01-01')
  if (format === 'date-time')
    return fc.constantFrom('2026-03-02T08:00:00Z', '2026-03-09T08:00:00+08:00')
  const most = Math.min(Number(maxLength), Number(minLength) + 30)
  const any = fc.string({ unit: 'grapheme', minLength: Number(minLength), maxLength: most })
  if (pattern === undefined) return fc.oneof(fc.constantFrom(...pool), any)
  const matching = new RegExp(String(pattern), 'u')
  const fitting = pool.filter((word) => matching.test(word))
  const made = fc.stringMatching(matching)
  return fitting.length > 0 ? fc.oneof(fc.constantFrom(...fitting), made) : made
}

const numbers = (schema: Schema) => {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema as Record<string, number>
  const min = minimum ?? (exclusiveMinimum === undefined ? -1000 : exclusiveMinimum + 1)
  const max = Math.min(maximum ?? (exclusiveMaximum ?? 2001) - 1, Math.max(min, 2000))
  return fc.integer({ min, max })
}

/** Values that fit a JSON Schema of the document, as far as it is used there. */
export const fittingOf = (root: Schema) => {
  const at = (pointer: string): Schema =>
    pointer
      .slice(2)
      .split('/')
      .reduce((part, name) => part[name] as Schema, root)

  const objects = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
    const { properties = {}, required = [], additionalProperties: rest } = schema
    const more = typeof rest === 'object' && rest !== null ? (rest as Schema) : undefined
    const requiredKeys = required as readonly string[]
    // A record by the words of an enum requires them and describes none by itself.
    const described = more ? Object.fromEntries(requiredKeys.map((name) => [name, more])) : {}
    const fields = Object.entries({ ...described, ...(properties as Record<string, Schema>) })
    if (more && fields.length === 0) {
      const { propertyNames = { minLength: 1 } } = schema
      const name = fitting({ type: 'string', ...(propertyNames as Schema) }, depth + 1)
      return fc.dictionary(name as fc.Arbitrary<string>, fitting(more, depth + 1), { maxKeys: 2 })
    }
    return fc.record(
      Object.fromEntries(fields.map(([name, field]) => [name, fitting(field, depth + 1)])),
      { requiredKeys: [...requiredKeys] },
    )
  }

  const arrays = (schema: Schema, depth: number) => {
    const { items, prefixItems, minItems = 0, maxItems = 3 } = schema
    if (Array.isArray(prefixItems))
      return fc.tuple(...prefixItems.map((each) => fitting(each, depth + 1)))
    const least = Number(minItems)
    const maxLength = Math.max(least, depth > 4 ? 0 : Math.min(Number(maxItems), 3))
    return fc.array(fitting((items ?? {}) as Schema, depth + 1), { minLength: least, maxLength })
  }

  const fitting = (schema: Schema, depth = 0): fc.Arbitrary<unknown> => {
    const { $ref, type, anyOf, oneOf, enum: among, const: only } = schema
    if ($ref !== undefined) return fitting(at(String($ref)), depth)
    if (only !== undefined) return fc.constant(only)
    if (Array.isArray(among)) return fc.constantFrom(...among)
    const some = (anyOf ?? oneOf) as readonly Schema[] | undefined
    // Deep in a recursion, what ends soonest.
    if (some && depth > 4) return fitting(some[0] as Schema, depth + 1)
    if (some) return fc.oneof(...some.map((each) => fitting(each, depth + 1)))
    if (Array.isArray(type)) return fc.oneof(...type.map((each) => fitting({ type: each }, depth)))
    if (type === 'object') return objects(schema, depth)
    if (type === 'array') return arrays(schema, depth)
    if (type === 'string') return texts(schema)
    if (type === 'integer' || type === 'number') return numbers(schema)
    if (type === 'boolean') return fc.boolean()
    return type === 'null' ? fc.constant(null) : fc.jsonValue({ maxDepth: 1 })
  }
  return fitting
}
