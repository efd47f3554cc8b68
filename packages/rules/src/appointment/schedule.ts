import * as z from 'zod'
import { Day } from '../calendar/day.ts'
import { Recurrence, recurringDays } from '../calendar/recurrence.ts'

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Places = z.int().min(0).max(500)

/** One slot of a day: when it begins, how long it is, and how many places each channel has in it. */
export const SlotRule = z.strictObject({
  at: TimeOfDay,
  minutes: z.int().positive().max(1440),
  /** By channel (phone, web, wechat, partner, walk-in …); `any` is open to every channel. */
  places: z.record(z.string().min(1), Places),
})
export type SlotRule = z.infer<typeof SlotRule>

/** When a service is held, by days that come again, and what may be booked on each of them. */
export const Schedule = z
  .strictObject({
    title: z.string().min(1),
    department: z.string().min(1).optional(),
    /** Staff number of who holds it. */
    practitioner: z.string().min(1).optional(),
    recurrence: Recurrence,
    start: Day,
    until: Day.optional(),
    /** Days on which it is not held after all. */
    closed: z.array(Day).default([]),
    slots: z.array(SlotRule).min(1).max(200),
    /** Patients are reminded so many hours before; not at all where absent. */
    remindHours: z.number().positive().max(720).optional(),
  })
  .refine(({ slots }) => new Set(slots.map(({ at }) => at)).size === slots.length, {
    path: ['slots'],
    message: 'schedule.slot-twice',
  })
export type Schedule = z.infer<typeof Schedule>

export interface Slot extends SlotRule {
  readonly day: Day
}

/** The slots of local days, both included, in order. */
export const slotsOf = (
  { recurrence, start, until, closed, slots }: Schedule,
  { from, to }: { readonly from: Day; readonly to: Day },
): readonly Slot[] => {
  const last = until !== undefined && until < to ? until : to
  if (last < from) return []
  const inOrder = slots.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  return recurringDays(recurrence, start, { from, to: last })
    .filter((day) => !closed.includes(day))
    .flatMap((day) => inOrder.map((slot) => ({ ...slot, day })))
}

/** A place that a channel may take, the channel's own first. `pool` and `nth` name it for ever. */
export interface Place {
  readonly pool: string
  readonly nth: number
}

export const placesFor = ({ places }: SlotRule, channel: string): readonly Place[] =>
  [...new Set([channel, 'any'])].flatMap((pool) =>
    Array.from({ length: places[pool] ?? 0 }, (_, nth) => ({ pool, nth })),
  )
