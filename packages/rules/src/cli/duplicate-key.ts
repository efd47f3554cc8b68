const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

interface Level {
  readonly keys: Set<string> | null
  at: string | number
}

/** The path of the first key that an object of a JSON text (known to be valid) holds twice. */
export const duplicateKey = (text: string): string | null => {
  const levels: Level[] = []
  let isKey = false
  for (const [word] of text.matchAll(token)) {
    const level = levels.at(-1)
    if (word === '{' || word === '[') {
      levels.push(word === '{' ? { keys: new Set(), at: '' } : { keys: null, at: 0 })
      isKey = word === '{'
    } else if (word === '}' || word === ']') {
      levels.pop()
      isKey = false
    } else if (word === ',') {
      if (level && typeof level.at === 'number') level.at += 1
      isKey = level?.keys !== null
    } else if (word === ':') isKey = false
    else if (isKey && level?.keys) {
      const key = String(JSON.parse(word))
      level.at = key
      if (level.keys.has(key)) return levels.map(({ at }) => at).join('.')
      level.keys.add(key)
    }
  }
  return null
}
