import { Schedule as Content } from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Id, Instant } from '../../kernel/fields.ts'

/** When a service is held, by the schedule's id. */
export const Schedule = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.enum(['held', 'ended']), content: Content }),
])
export type Schedule = z.infer<typeof Schedule>

export const ScheduleCommand = z.discriminatedUnion('type', [
  /** Defines a schedule, or defines it anew; what is booked stays booked. */
  z.strictObject({ type: z.literal('define'), schedule: Id, content: Content }),
  z.strictObject({ type: z.literal('close-day'), schedule: Id, day: Day }),
  z.strictObject({ type: z.literal('end'), schedule: Id }),
])
export type ScheduleCommand = z.infer<typeof ScheduleCommand>

export const ScheduleEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('schedule.defined'), content: Content, at: Instant }),
  z.strictObject({ type: z.literal('schedule.day-closed'), day: Day, at: Instant }),
  z.strictObject({ type: z.literal('schedule.ended'), at: Instant }),
])
export type ScheduleEvent = z.infer<typeof ScheduleEvent>
