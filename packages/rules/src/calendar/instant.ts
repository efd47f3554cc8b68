import * as z from 'zod'
import { refuse } from '../refusal.ts'
import { dayNumber } from './day.ts'

/** An instant as RFC 3339 writes it, with its offset: `2026-03-02T10:15:00+08:00`. */
export const Instant = z.iso.datetime({ offset: true })
export type Instant = z.infer<typeof Instant>

/** Milliseconds since 1970-01-01T00:00:00Z: what instants are compared by. */
export type Millis = number

export const hourMs = 3_600_000
export const dayMs = 86_400_000

const zero = 48

/** The number that two digits make; NaN, and so the whole instant, where the text ends before. */
const two = (text: string, at: number) =>
  text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * zero

/** `Date.parse` is slower, and reads a text without an offset in the process's own zone. */
export const readInstant = (text: Instant): Millis => {
  const day = dayNumber(two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8))
  let millis = day * dayMs + two(text, 11) * hourMs + two(text, 14) * 60_000
  let at = 16
  if (text.charCodeAt(at) === colon) {
    millis += two(text, 17) * 1000
    at = 19
    if (text.charCodeAt(at) === point) {
      at = endOfDigits(text, 20)
      millis += Math.floor(Number(`0${text.slice(19, at)}`) * 1000)
    }
  }
  const sign = text.charCodeAt(at)
  if (sign === plus) millis -= two(text, at + 1) * hourMs + two(text, at + 4) * 60_000
  else if (sign === minus) millis += two(text, at + 1) * hourMs + two(text, at + 4) * 60_000
  else if (sign !== zulu) return refuse('instant.malformed', { instant: text })
  return Number.isNaN(millis) ? refuse('instant.malformed', { instant: text }) : millis
}

const [colon, point, plus, minus, zulu] = [58, 46, 43, 45, 90] as const

const endOfDigits = (text: string, from: number) => {
  let at = from
  while (text.charCodeAt(at) >= zero && text.charCodeAt(at) <= zero + 9) at += 1
  return at
}

/** In UTC, with milliseconds. */
export const writeInstant = (millis: Millis): Instant => new Date(millis).toISOString()
