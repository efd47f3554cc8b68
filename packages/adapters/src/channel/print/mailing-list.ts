import { csvLine } from './csv.ts'
import type { Letter } from './letter.ts'

const columns = (lines: number) => Array.from({ length: lines }, (_, at) => `address${at + 1}`)

/**
 * Letters as CSV for a print shop's mail merge: key, the lines of the address, subject, text. UTF-8 with the
 * byte order mark that spreadsheets need for Chinese. One chunk a line, as the letters come.
 */
export async function* mailingList(
  letters: Iterable<Letter> | AsyncIterable<Letter>,
  { lines = 6 }: { readonly lines?: number } = {},
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(['key', ...columns(lines), 'subject', 'text'])}`
  for await (const { key, address, subject, text } of letters) {
    const cells = columns(lines).map((_, at) => address[at] ?? '')
    yield csvLine([key, ...cells, subject, text])
  }
}
