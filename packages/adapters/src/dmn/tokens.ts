/** A word of S-FEEL. */
export type Token =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'mark'; readonly value: string }

/** What cannot be read; the message says what was expected or found. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

const forms = [
  ['text', /"(?:[^"\\]|\\.)*"/y],
  ['mark', /\.\.|<=|>=|!=|[<>=()[\],@-]/y],
  ['number', /\d+(?:\.\d+)?|\.\d+/y],
  ['name', /[\p{L}_][\p{L}\p{N}_.'/]*(?:\s+[\p{L}_][\p{L}\p{N}_.'/]*)*/uy],
] as const

/** Cuts a cell into words. Throws `Unreadable` where something is none. */
export const tokensOf = (source: string): readonly Token[] => {
  const tokens: Token[] = []
  let at = 0
  const next = (): boolean => {
    for (const [kind, form] of forms) {
      form.lastIndex = at
      const found = form.exec(source)?.[0]
      if (found === undefined) continue
      at += found.length
      if (kind === 'number') tokens.push({ kind, value: Number(found) })
      else if (kind === 'text') tokens.push({ kind, value: unquoted(found) })
      else tokens.push({ kind, value: found.replace(/\s+/g, ' ') })
      return true
    }
    return false
  }
  for (;;) {
    while (/\s/.test(source[at] ?? '')) at += 1
    if (at >= source.length) return tokens
    if (!next()) throw new Unreadable(`${source.slice(at, at + 20)} is no S-FEEL`)
  }
}

const unquoted = (text: string): string => {
  try {
    return String(JSON.parse(text))
  } catch {
    return text.slice(1, -1)
  }
}
