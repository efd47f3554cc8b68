import { adt, gb18030, line, utf8 } from '../hl7v2/samples.ts'

/** 1,000 messages of different lengths, in UTF-8 and GB18030 by turns. */
export const messages: readonly Uint8Array[] = Array.from({ length: 1000 }, (_, n) => {
  const text = adt('A03', {
    msh: { 10: `M-${n}` },
    pid: { 5: '王^秀英' },
    more: [line('NTE', { 3: 'x'.repeat(n % 7) })],
  })
  return n % 2 === 0 ? utf8(text) : gb18030(text)
})
