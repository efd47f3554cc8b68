import { isSealed, plainUnder, type Sealed, type Veiled } from './personal.ts'

/** Every personal value inside a tree, in the order of its fields. */
export const personalIn = (tree: unknown, found: Veiled[] = []): Veiled[] => {
  if (typeof tree !== 'object' || tree === null) return found
  if (Array.isArray(tree)) for (const part of tree) personalIn(part, found)
  else if (isSealed(tree)) found.push(tree)
  else {
    // Every read walks all it has read, and most of that is no tree.
    for (const part of Object.values(tree)) {
      if (typeof part === 'object') personalIn(part, found)
    }
  }
  return found
}

/** The same tree with every personal value replaced; parts that hold none are shared, not copied. */
export const mapPersonal = <T>(tree: T, replace: (value: Veiled) => unknown): T => {
  if (typeof tree !== 'object' || tree === null) return tree
  if (isSealed(tree)) return replace(tree) as T
  if (Array.isArray(tree)) {
    const parts = tree.map((part) => mapPersonal(part, replace))
    return (parts.some((part, at) => part !== tree[at]) ? parts : tree) as T
  }
  let copy: Record<string, unknown> | undefined
  for (const key in tree) {
    const part = (tree as Record<string, unknown>)[key]
    const next = mapPersonal(part, replace)
    if (next === part) continue
    copy ??= { ...(tree as Record<string, unknown>) }
    copy[key] = next
  }
  return (copy as T | undefined) ?? tree
}

/** The tree without fields that are `undefined`: a caller who passes them says nothing by it. */
export const withoutUndefined = <T>(tree: T): T => {
  if (typeof tree !== 'object' || tree === null || isSealed(tree)) return tree
  if (Array.isArray(tree)) {
    const parts = tree.map(withoutUndefined)
    return (parts.some((part, at) => part !== tree[at]) ? parts : tree) as T
  }
  const fields = Object.entries(tree)
  const kept = fields.flatMap(([key, value]) =>
    value === undefined ? [] : [[key, withoutUndefined(value)]],
  )
  const same =
    kept.length === fields.length && kept.every(([, value], at) => value === fields[at]?.[1])
  return same ? tree : (Object.fromEntries(kept) as T)
}

/** The tree as the log keeps it: sealed values without the words that find them. */
export const withoutWords = <T>(tree: T): T =>
  mapPersonal(tree, (value): Sealed => {
    if (!value.words) return value
    const { words: _, ...rest } = value
    return rest
  })

/** One text for equal trees, whatever the order of their fields; a veiled value counts by its plain text. */
export const canonical = (tree: unknown): string => {
  if (typeof tree !== 'object' || tree === null) return JSON.stringify(tree) ?? 'null'
  if (Array.isArray(tree)) return `[${tree.map(canonical).join(',')}]`
  if (isSealed(tree)) return JSON.stringify(plainUnder(tree) ?? tree.sealed)
  let text = ''
  for (const key of Object.keys(tree).sort()) {
    const part = (tree as Record<string, unknown>)[key]
    if (part === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(part)}`
  }
  return `{${text}}`
}
