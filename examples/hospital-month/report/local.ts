/** An instant as the hospital's clocks showed it, to the minute. */
export const local = (instant: string, zone: string) =>
  new Date(instant).toLocaleString('sv-SE', { timeZone: zone }).slice(0, 16)
