import type { IntakeAppointment, IntakeEvent } from '@hospital-crm/core'
import type { AppointmentProfile } from '../appointment-profile.ts'
import { clockOf } from '../codec/time.ts'
import { codeOf, fieldAt, refuse } from './coded.ts'
import { instantAt, numberOf, type Reading, textOf, valued } from './reading.ts'

type Told = Extract<IntakeEvent, { appointment: IntakeAppointment }>['type']

/** What the triggers of SIU mean. The others tell of parts of an appointment, or of the time it leaves blocked. */
const triggers: Readonly<Record<string, Told>> = {
  S12: 'appointment-booked',
  S13: 'appointment-booked',
  S14: 'appointment-booked',
  S15: 'appointment-cancelled',
  S16: 'appointment-cancelled',
  S17: 'appointment-cancelled',
  S26: 'appointment-missed',
}

/** Table 0278, where it says more than the trigger; what is only asked for, or blocked, is no appointment yet. */
const statuses: Readonly<Record<string, Told | 'ignored'>> = {
  PENDING: 'ignored',
  WAITLIST: 'ignored',
  BLOCKED: 'ignored',
  STARTED: 'appointment-attended',
  COMPLETE: 'appointment-attended',
  CANCELLED: 'appointment-cancelled',
  DC: 'appointment-cancelled',
  DELETED: 'appointment-cancelled',
  NOSHOW: 'appointment-missed',
}

export const isAppointment = (trigger: string): boolean => Object.hasOwn(triggers, trigger)

/** What became of an appointment, by trigger and status. */
export const toldBy = ({ message }: Reading): Told | 'ignored' => {
  const said = triggers[textOf(message.header, 9, 2)?.toUpperCase() ?? ''] ?? 'ignored'
  const status = textOf(message.segment('SCH'), 25)?.toUpperCase() ?? ''
  return said === 'appointment-booked' ? (statuses[status] ?? said) : said
}

/** What SCH and the segments after it say of an appointment; undefined, and refused, when anything is missing. */
export const appointmentOf = (
  reading: Reading,
  profile: AppointmentProfile,
): IntakeAppointment | undefined => {
  const { message } = reading
  const sch = message.segment('SCH')
  if (message.segments('PID').length > 1) refuse(reading, 'hl7.too-many', 'PID-1')
  const placer = numberOf(sch, 1)
  const number = numberOf(sch, 2) ?? placer ?? refuse(reading, 'hl7.no-appointment', 'SCH-2')
  const begins = beginningOf(reading)
  const where = { missing: 'hl7.no-appointment' } as const
  const schedule = codeOf(reading, profile.schedule, where)
  const channel = codeOf(reading, profile.channel, where)
  if (!number || !begins || !schedule || !channel) return undefined
  const [day = '', time = ''] = clockOf(begins, reading.zone).split(' ')
  return valued({
    ...{ number, schedule, day, at: time.slice(0, 5), channel },
    ours: placer,
    broughtBy: profile.broughtBy && fieldAt(reading, profile.broughtBy),
    reason: textOf(sch, 6, 2) ?? textOf(sch, 6, 1),
  })
}

/** When it begins: of its service (AIS-4), its timing (TQ1-7), or as older versions have it (SCH-11.4). */
const beginningOf = (reading: Reading): string | undefined => {
  const { message } = reading
  return (
    instantAt(reading, message.segment('AIS'), 4) ??
    instantAt(reading, message.segment('TQ1'), 7) ??
    instantAt(reading, message.segment('SCH'), 11, 4) ??
    refuse(reading, 'hl7.no-appointment', 'AIS-4')
  )
}
