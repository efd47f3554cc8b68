import { refuse } from '@hospital-crm/core'
import type { Letter } from './letter.ts'

/** A sheet of labels, measured in characters of a fixed-width font; Chinese ones are two wide. */
export interface LabelSheet {
  /** How many labels stand beside each other; 2 unless told. */
  readonly across?: number
  /** How many stand below each other; 7 unless told. */
  readonly down?: number
  /** Characters of one label's width; 40 unless told. */
  readonly width?: number
  /** Lines of one label's height; 8 unless told. */
  readonly height?: number
}

/** East Asian characters that fixed-width fonts draw two wide. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u

const none = /\p{Mn}|\p{Cf}/u

const widthOf = (character: string) => {
  if (none.test(character)) return 0
  return wide.test(character) ? 2 : 1
}

/** A line in pieces that are no wider than a label. */
const folded = (line: string, width: number): readonly string[] => {
  const pieces: string[] = []
  let piece = ''
  let filled = 0
  for (const character of line) {
    const size = widthOf(character)
    if (filled + size > width) {
      pieces.push(piece)
      piece = ''
      filled = 0
    }
    piece += character
    filled += size
  }
  return [...pieces, piece]
}

const padded = (line: string, width: number) => {
  const filled = [...line].reduce((sum, character) => sum + widthOf(character), 0)
  return line + ' '.repeat(Math.max(0, width - filled))
}

const rowOf = (row: readonly Letter[], width: number, height: number) => {
  const labels = row.map(({ key, address }) => {
    // One column of each label stays empty, so that neighbours never touch.
    const label = address.flatMap((line) => folded(line, width - 1))
    return label.length > height ? refuse('print.label-too-small', { key, height }) : label
  })
  const lines = Array.from({ length: height }, (_, at) =>
    labels.map((label) => padded(label[at] ?? '', width)).join(''),
  )
  return `${lines.map((line) => line.trimEnd()).join('\r\n')}\r\n`
}

/**
 * Letters' addresses as a text for label printers, page by page with a form feed after each. A line too wide
 * is folded. Refuses a letter whose address then does not fit (`print.label-too-small`, with its key).
 */
export async function* addressLabels(
  letters: Iterable<Letter> | AsyncIterable<Letter>,
  { across = 2, down = 7, width = 40, height = 8 }: LabelSheet = {},
): AsyncGenerator<string> {
  let row: Letter[] = []
  let rows = 0
  for await (const letter of letters) {
    row.push(letter)
    if (row.length < across) continue
    yield rowOf(row, width, height)
    row = []
    rows += 1
    if (rows % down === 0) yield '\f'
  }
  if (row.length > 0) {
    yield rowOf(row, width, height)
    rows += 1
  }
  if (rows % down !== 0) yield '\f'
}
