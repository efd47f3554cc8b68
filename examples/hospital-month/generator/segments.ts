const escapes: Readonly<Record<string, string>> = {
  '|': '\\F\\',
  '^': '\\S\\',
  '&': '\\T\\',
  '~': '\\R\\',
  '\\': '\\E\\',
}

/** A value as it may stand in a field. */
const escaped = (value: string): string => value.replace(/[|^&~\\]/g, (sign) => escapes[sign] ?? '')

/** The components of a field or of one of its repetitions; trailing empty ones are left out. */
export const components = (...values: readonly (string | undefined)[]): string =>
  values
    .map((value = '') => escaped(value))
    .join('^')
    .replace(/\^+$/, '')

export const repetitions = (...values: readonly string[]): string => values.join('~')

/** A segment with the fields of these numbers; the values are escaped already, as `components` gives them. */
export const segment = (
  name: string,
  fields: Readonly<Record<number, string | undefined>>,
): string => {
  const line = [name]
  for (const number in fields) {
    const at = Number(number)
    while (line.length < at) line.push('')
    line[at] = fields[at] ?? ''
  }
  return line.join('|')
}
