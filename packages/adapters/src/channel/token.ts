import { createHash, timingSafeEqual } from 'node:crypto'

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest()

/** Whether two secrets are the same, in a time that tells nothing of them. An empty one equals nothing. */
export const sameSecret = (given: string | null | undefined, expected: string | undefined) =>
  Boolean(given) &&
  Boolean(expected) &&
  timingSafeEqual(digest(given ?? ''), digest(expected ?? ''))

/** Whether an address holds the secret `token` that only the provider was told. */
export const hasToken = (url: string, expected: string | undefined): boolean =>
  sameSecret(new URL(url).searchParams.get('token'), expected)
