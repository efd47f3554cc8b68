import { Schedule } from '@hospital-crm/rules'
import type { Call, Place } from './every-method.fixture.ts'

/** Mondays at nine and half past. */
const content = Schedule.parse({
  title: 'Cardiology',
  department: 'cardio',
  recurrence: 'FREQ=WEEKLY;BYDAY=MO',
  start: '2026-03-02',
  slots: ['09:00', '09:30'].map((at) => ({ at, minutes: 30, places: { any: 1 } })),
  remindHours: 24,
})
const slot = { schedule: 'heart', day: '2026-03-16', at: '09:00', channel: 'web' }

/** The ids by which appointments are reached: of a day that is over, of one to come, and one that waits. */
export interface Booked {
  readonly past: string
  readonly coming: string
  readonly waiting: string
}

/** Fills a hospital with a schedule and appointments. */
export const fillAppointments = async (
  { schedules, appointments }: Place['desk'],
  [first, twin, guest]: readonly [string, string, string],
): Promise<Booked> => {
  await schedules.define('heart', content)
  const { id: past } = await appointments.book({ ...slot, patient: first, day: '2026-03-09' })
  const { id: coming } = await appointments.book({ ...slot, patient: first })
  const { id: waiting } = await appointments.book({ ...slot, patient: twin, orWait: true })
  await appointments.book({ ...slot, patient: guest, day: '2026-03-09', at: '09:30' })
  return { past, coming, waiting }
}

/** Every method about appointments, with a call that finds something there. */
export const appointmentCalls: Readonly<Record<string, Call>> = {
  'schedules.define': ({ desk }, _, cause) => desk.schedules.define('eye', content, { cause }),
  'schedules.closeDay': ({ desk }, _, cause) =>
    desk.schedules.closeDay('heart', '2026-03-30', { cause }),
  'schedules.end': ({ desk }, _, cause) => desk.schedules.end('heart', { cause }),
  'schedules.get': ({ desk }) => desk.schedules.get('heart'),
  'schedules.slots': ({ desk }) =>
    desk.schedules.slots('heart', { from: '2026-03-01', to: '2026-03-31' }),

  'appointments.book': ({ desk }, { guest }, cause) =>
    desk.appointments.book({ ...slot, patient: guest, at: '09:30' }, { cause }),
  'appointments.reschedule': ({ desk }, { coming }, cause) =>
    desk.appointments.reschedule(coming, { day: '2026-03-23', at: '09:00' }, { cause }),
  'appointments.confirm': ({ desk }, { coming }, cause) =>
    desk.appointments.confirm(coming, { cause }),
  'appointments.cancel': ({ desk }, { coming }, cause) =>
    desk.appointments.cancel(coming, { reason: 'not-needed' }, { cause }),
  'appointments.attend': ({ desk }, { past }, cause) => desk.appointments.attend(past, { cause }),
  'appointments.miss': ({ desk }, { past }, cause) => desk.appointments.miss(past, { cause }),
  'appointments.get': ({ desk }, { coming }) => desk.appointments.get(coming),
  'appointments.of': ({ desk }, { person }) => desk.appointments.of(person),
  'appointments.on': ({ desk }) =>
    desk.appointments.on('heart', { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }),
}
