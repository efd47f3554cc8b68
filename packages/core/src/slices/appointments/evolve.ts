import { match, P } from 'ts-pattern'
import type { Appointment, AppointmentEvent, Booked } from './schema.ts'

export const evolve = (record: Appointment, event: AppointmentEvent): Appointment =>
  match(event)
    .returnType<Appointment>()
    .with({ type: 'appointment.booked' }, ({ type: _, ...booked }) => ({
      status: 'booked',
      ...booked,
      ...('told' in record && { told: record.told }),
    }))
    .with({ type: 'appointment.waitlisted' }, ({ type: _, ...waiting }) => ({
      status: 'waiting',
      ...waiting,
    }))
    .with({ type: 'appointment.place-taken' }, ({ appointment }) => ({
      status: 'taken',
      appointment,
    }))
    .with({ type: 'appointment.place-freed' }, () =>
      'appointment' in record ? { ...record, status: 'free' } : record,
    )
    .with({ type: P.string }, (change) => ('patient' in record ? changed(record, change) : record))
    .exhaustive()

type Change = Exclude<
  AppointmentEvent,
  {
    type:
      | 'appointment.booked'
      | 'appointment.waitlisted'
      | 'appointment.place-taken'
      | 'appointment.place-freed'
  }
>

const changed = ({ remindAt, ...booked }: Booked, event: Change): Booked => {
  const reminder = remindAt === undefined ? {} : { remindAt }
  return match(event)
    .returnType<Booked>()
    .with({ type: 'appointment.rescheduled' }, ({ type: _type, before: _before, ...moved }) => {
      const { place: _, department: __, practitioner: ___, ...kept } = booked
      return { ...kept, ...moved, status: 'booked' }
    })
    .with({ type: 'appointment.told' }, ({ type: _, ...told }) => ({
      ...booked,
      ...reminder,
      told,
    }))
    .with({ type: 'appointment.confirmed' }, () => ({
      ...booked,
      ...reminder,
      status: 'confirmed',
    }))
    .with({ type: 'appointment.cancelled' }, ({ reason }) => {
      const { place: _, ...without } = booked
      return { ...without, status: 'cancelled', reason }
    })
    .with({ type: 'appointment.attended' }, () => ({ ...booked, status: 'attended' }))
    .with({ type: 'appointment.missed' }, () => ({ ...booked, status: 'missed' }))
    .with({ type: 'appointment.reminded' }, () => booked)
    .exhaustive()
}
