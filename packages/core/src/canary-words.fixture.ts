/** Names, streets and telephones of the persons of the tests, in four scripts. No other word of the project holds one. */
export const scripts = [
  { name: '欧阳修竹', street: '云龙区解放南路', digits: '1540000' },
  { name: 'Quillon Brandywine', street: 'Threadneedle Close', digits: '1540000' },
  { name: 'Ярополк Вершинин', street: 'Кисловский переулок', digits: '1540000' },
  { name: 'عبدالرحمن الخوارزمي', street: 'شارع الزيتون', digits: '١٥٤٠٠٠٠' },
] as const

/** How identifiers of the tests' persons begin. */
export const idWord = 'ZIBELLINE'

/** The name that tests of feeds and pages most often give a patient. */
const usual = '王秀英'

/** Which of the four scripts a person of the tests is written in, by their number. */
export const scriptOf = (number: string) => {
  const nth = [...number].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0)
  return scripts[nth % scripts.length] ?? scripts[0]
}

/** A person's name by their number, the same every time. */
export const nameOf = (number: string) => `${scriptOf(number).name} ${number}`

/** Every word that would tell of a person, as people write it. */
export const plainWords = [
  ...new Set([
    idWord,
    usual,
    ...scripts.flatMap(({ name, street, digits }) => [...name.split(' '), street, digits]),
  ]),
]

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) =>
  Uint8Array.from([...text].flatMap((each) => [each.charCodeAt(0) & 255, each.charCodeAt(0) >> 8]))
const latin = (bytes: Uint8Array) => String.fromCharCode(...bytes)
const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Base64 of bytes wherever in a longer text they stand, without the letters that neighbours share. */
const base64 = (bytes: Uint8Array) =>
  [0, 1, 2].flatMap((before) => {
    const text = btoa(latin(Uint8Array.from([...Array<number>(before).fill(0), ...bytes])))
    const own = text.replace(/=+$/, '').slice(before === 0 ? 0 : before + 1, -1)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })

const escaped = (text: string) =>
  [...text].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')

/** A word as it may be written somewhere; short forms would be found in anything. */
const formsOf = (word: string) =>
  [
    ...[word, word.toLowerCase(), word.toUpperCase()].flatMap((each) => [
      each,
      encodeURIComponent(each),
      escaped(each),
      // Bytes that were read as letters, too.
      ...[utf8(each), utf16(each)].flatMap((bytes) => [hex(bytes), latin(bytes), ...base64(bytes)]),
    ]),
    [...word].join('\0'),
    [...word].join('\\u0000'),
  ].filter((form) => form.length > 5 || (form.length > 2 && /[^\x20-\x7e]/.test(form)))

/** How a number that begins with `1540000` is cut apart. */
const apart = [' ', '-', '.'].map((between) => ['154', '0000'].join(between))

const forms = new Map([
  ...plainWords.flatMap((word) => formsOf(word).map((form) => [form, word] as const)),
  ...apart.map((form) => [form, '1540000'] as const),
])

/** Forms by how they begin, and a mark for each beginning, so that a text is gone through but once. */
const byBeginning = Map.groupBy(forms.keys(), (form) => form.slice(0, 3))
const marks = new Uint8Array(1 << 17)
const shifted = (three: number, text: string, at: number) =>
  ((three << 8) | (text.charCodeAt(at) & 255)) & 0xffffff
const markOf = (three: number) => Math.imul(three, 0x9e3779b1) >>> 15
for (const beginning of byBeginning.keys())
  marks[markOf([0, 1, 2].reduce((three, at) => shifted(three, beginning, at), 0))] = 1

/** Whether digits stand in a hash, where any digits may come together once in a run of all tests. */
const isInHash = (text: string, at: number, end: number) => {
  const before = /[0-9a-f]*$/.exec(text.slice(Math.max(0, at - 16), at))?.[0] ?? ''
  const around = before + (/^[0-9a-f]*/.exec(text.slice(end, end + 16))?.[0] ?? '')
  return around.length > 12 && /[a-f]/.test(around)
}
const stands = (form: string, text: string, at: number) =>
  text.startsWith(form, at) && !(/^\d{1,9}$/.test(form) && isInHash(text, at, at + form.length))

/** Which words of the tests' persons stand in a text, in whatever form. */
export const wordsIn = (text: string): readonly string[] => {
  const found = new Set<string>()
  let three = 0
  for (let end = 1; end <= text.length; end += 1) {
    three = shifted(three, text, end - 1)
    if (marks[markOf(three)] === 0) continue
    const at = end - 3
    for (const form of byBeginning.get(text.slice(at, end)) ?? [])
      if (stands(form, text, at)) found.add(forms.get(form) ?? form)
  }
  return [...found]
}
