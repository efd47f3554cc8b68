import type { Clock } from '@hospital-crm/core'

/** A clock that tells what it was set to last; the crm never looks at another. */
export interface SetClock extends Clock {
  set(instant: string): void
}

export const setClock = (start: string): SetClock => {
  let now = Date.parse(start)
  return {
    now: () => new Date(now),
    set: (instant) => {
      now = Date.parse(instant)
    },
  }
}
