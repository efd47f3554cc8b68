export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The whole country keeps one time, eight hours ahead of UTC, without summer time. */
const ahead = 8 * hour

const wallOf = (instant: number) => new Date(instant + ahead).toISOString()

/** The calendar day of an instant in China: YYYY-MM-DD. */
export const localDay = (instant: number): string => wallOf(instant).slice(0, 10)

/** The instant at which a day begins in China. */
export const startOf = (localDay: string): number => Date.parse(`${localDay}T00:00:00Z`) - ahead

/** An instant as HL7 writes it in China: YYYYMMDDHHMMSS. */
export const hl7Time = (instant: number): string =>
  wallOf(instant).slice(0, 19).replaceAll(/\D/g, '')

export const isoTime = (instant: number): string => new Date(instant).toISOString()

/** 0 is Sunday. */
export const weekdayOf = (localDay: string): number => new Date(`${localDay}T00:00:00Z`).getUTCDay()

/** A time at which an office is at work: itself, or between 8 and 9 on the next morning. */
export const officeTime = (instant: number): number => {
  const ofDay = (instant + ahead) % day
  const midnight = instant - ofDay
  if (ofDay >= 8 * hour && ofDay < 18 * hour) return instant
  return midnight + (ofDay < 8 * hour ? 8 * hour : day + 8 * hour) + (ofDay % hour)
}

/** A calendar month in China. */
export interface Month {
  readonly start: number
  /** The first instant after it. */
  readonly end: number
  /** Its days, YYYY-MM-DD. */
  readonly days: readonly string[]
}

/** The month written YYYY-MM. Throws a RangeError for anything else. */
export const monthOf = (written: string): Month => {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(written)) throw new RangeError(`no month: ${written}`)
  const first = `${written}-01`
  const [year, month] = [Number(written.slice(0, 4)), Number(written.slice(5))]
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const start = startOf(first)
  const days = Array.from({ length }, (_, at) => localDay(start + at * day))
  return { start, end: start + length * day, days }
}
