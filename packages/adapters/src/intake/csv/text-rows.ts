/** One row as it stands in a file: a line, or several that a quotation joins. */
export interface TextRow {
  readonly lines: readonly string[]
  /** The number of its first line, counted from 1. */
  readonly line: number
  /** A line beyond the limit, of which only the beginning is kept. */
  readonly tooLong: boolean
}

interface Line {
  readonly text: string
  readonly line: number
  /** Whether it opens a quotation and does not close it, or the other way round. */
  readonly turns: boolean
  readonly tooLong: boolean
}

/** What one row may hold, so that a quotation mark that nobody closes does not swallow the file. */
const mostLines = 64
const longestLine = 1 << 18

/**
 * Cuts the text of a file into rows as it comes. Lines end with CR, LF or both. `quotes` says that line ends may
 * stand inside quotation marks.
 */
export const textRows = (quotes: boolean) => {
  let rest = ''
  let line = 1
  let isSkipping = false
  let waiting: Line[] = []

  const lineOf = (text: string): Line => {
    const tooLong = isSkipping || text.length > longestLine
    isSkipping = false
    const kept = tooLong ? text.slice(0, longestLine) : text
    return { text: kept, line: line++, turns: quotes && !tooLong && isTurning(text), tooLong }
  }

  function* cut(isFinal: boolean): Generator<Line, void> {
    let start = 0
    for (const { index, 0: end } of rest.matchAll(/\r\n|\n|\r/g)) {
      // A CR at the very end may be half of a line end.
      if (end === '\r' && index === rest.length - 1 && !isFinal) break
      yield lineOf(rest.slice(start, index))
      start = index + end.length
    }
    rest = rest.slice(start)
    if (isFinal && rest !== '') yield lineOf(rest)
  }

  /** Cuts what has come so far; `isFinal` says that nothing more will. */
  return (text: string, isFinal: boolean): TextRow[] => {
    rest += text
    const lines = [...waiting, ...cut(isFinal)]
    if (rest.length > 2 * longestLine) {
      isSkipping = true
      rest = rest.slice(0, longestLine)
    }
    const { rows, from } = joined(lines, isFinal)
    waiting = lines.slice(from)
    return rows
  }
}

const isTurning = (text: string): boolean => {
  let marks = 0
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) marks += 1
  return marks % 2 === 1
}

/** Joins lines from one that opens a quotation to the one that closes it; one that nobody closes stands alone. */
const joined = (lines: readonly Line[], isFinal: boolean) => {
  const rows: TextRow[] = []
  let from = 0
  while (from < lines.length) {
    const first = lines[from]
    if (first === undefined) break
    const { line, tooLong, turns } = first
    const limit = Math.min(lines.length, from + mostLines)
    let end = from + 1
    while (turns && end < limit && !lines[end]?.turns) end += 1
    const isClosed = turns && end < limit
    if (turns && !isClosed && !isFinal && limit < from + mostLines) break
    const last = isClosed ? end + 1 : from + 1
    rows.push({ lines: lines.slice(from, last).map(({ text }) => text), line, tooLong })
    from = last
  }
  return { rows, from }
}
