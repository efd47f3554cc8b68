import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'

const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0]

interface Step {
  readonly node: unknown
  readonly rest: string
  readonly start: number | undefined
}

/** One key or place further; keys may themselves hold points. */
const stepInto = (node: unknown, path: string): Step | null => {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const name = String(isScalar(key) ? key.value : key)
      if (path !== name && !path.startsWith(`${name}.`)) continue
      return { node: value, rest: path.slice(name.length + 1), start: startOf(key) }
    }
  }
  if (!isSeq(node)) return null
  const place = path.split('.', 1)[0] ?? ''
  const item = node.items[Number(place)]
  return item === undefined
    ? null
    : { node: item, rest: path.slice(place.length + 1), start: startOf(item) }
}

/** Finds the line, counted from 1, on which a path (keys and places joined by points) begins in a text. */
export const lineFinder = (text: string): ((path: string) => number) => {
  const counter = new LineCounter()
  let contents: unknown = null
  try {
    contents = parseDocument(text, { lineCounter: counter }).contents
  } catch {
    // Nested too deeply to be walked: the first line is all there is to say.
  }
  return (path) => {
    let [at, start]: [Step | null, number] = [{ node: contents, rest: path, start: 0 }, 0]
    while (at !== null && at.rest !== '') {
      at = stepInto(at.node, at.rest)
      start = at?.start ?? start
    }
    return Math.max(1, counter.linePos(start).line)
  }
}
