const control = /\p{Cc}/u

/** Numbers, or texts without control characters, as PostgreSQL writes an array of them: quoted as in JSON. */
export const arrayOfPlain = (values: readonly (string | number)[]): string =>
  `{${JSON.stringify(values).slice(1, -1)}}`

/** Any texts as PostgreSQL writes an array of them. */
export const arrayOfTexts = (texts: readonly string[]): string =>
  control.test(texts.join(''))
    ? `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
    : arrayOfPlain(texts)
