import type { RuleBook } from '@hospital-crm/rules'
import { readCell } from './cell.ts'
import type { Input, ItemDefinition, Model } from './model.ts'
import { Unreadable } from './tokens.ts'

type DeclaredFact = RuleBook['facts'][string]

const types: Readonly<Record<string, DeclaredFact['type']>> = {
  string: 'string',
  boolean: 'boolean',
  number: 'number',
  date: 'date',
  time: 'time',
  dateTime: 'instant',
  'date and time': 'instant',
}

const local = (typeRef: string) => typeRef.slice(typeRef.indexOf(':') + 1)

/** Follows names of types to one of FEEL, with the values that the last one before it allows. */
const resolved = (
  typeRef: string | undefined,
  items: readonly ItemDefinition[],
): { readonly type: DeclaredFact['type']; readonly allowed?: string | undefined } => {
  let [name, allowed]: [string | undefined, string | undefined] = [
    typeRef && local(typeRef),
    undefined,
  ]
  for (let looked = 0; name !== undefined && looked <= items.length; looked += 1) {
    const type = Object.hasOwn(types, name) ? types[name] : undefined
    if (type) return { type, allowed }
    const item = items.find((one) => one.name === name)
    allowed ??= item?.allowedValues?.text
    name = item?.typeRef && local(item.typeRef)
  }
  throw new Unreadable(
    `the type ${typeRef ?? 'of the column'} is none of ${Object.keys(types).join(', ')}`,
  )
}

/** What is allowed, as what is declared of a fact: values or bounds; nothing where it is neither. */
const domainOf = (allowed: string | undefined): Partial<DeclaredFact> => {
  if (allowed === undefined) return {}
  const cell = readCell(allowed, () => null)
  const cells = Array.isArray(cell) ? cell : [cell]
  if (cells.every((one) => one !== null && typeof one !== 'object')) return { values: cells }
  const isRange = typeof cell === 'object' && cell !== null && 'op' in cell && cell.op === 'between'
  if (!isRange || (cell.closed ?? '[]') !== '[]') return {}
  const [min, max] = cell.value
  return typeof min === 'object' || typeof max === 'object' ? {} : { min, max }
}

/** What an input says of its fact; a type that the column does not name is that of the input data. */
export const factOf = (
  { label, inputExpression: { text, typeRef }, inputValues }: Input,
  { itemDefinition, drgElement }: Model,
): DeclaredFact => {
  const data = drgElement.find(({ name }) => name === text.trim())
  const { type, allowed } = resolved(typeRef ?? data?.variable?.typeRef, itemDefinition)
  return { type, ...(label && { label }), ...domainOf(inputValues?.text ?? allowed) }
}
