import { dayOf, type Hl7Time, parseTime } from '../codec/time.ts'
import { isFillerDay } from './fillers.ts'

/** The time a text holds: missing where it only fills the field, `refused` where it is no real time. */
export const knownTime = (text: string, refused: () => undefined): Hl7Time | undefined => {
  const time = parseTime(text)
  if (!time) return refused()
  return isFillerDay(dayOf(time)) ? undefined : time
}

/**
 * The calendar day a text holds, as written. A year or month alone, and what is no real date, is missing: a wrong
 * birth date must not keep a discharge from being followed up.
 */
export const knownDay = (text: string | undefined): string | undefined => {
  const time = knownTime(text ?? '', () => undefined)
  return time && dayOf(time)
}
