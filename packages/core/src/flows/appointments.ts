import { flow, raise } from '../kernel/flow.ts'
import { appointment } from '../slices/appointments/index.ts'
import type { AppointmentEvent } from '../slices/appointments/schema.ts'
import { message } from '../slices/messages/index.ts'

type Told<Type extends AppointmentEvent['type']> = Extract<AppointmentEvent, { type: Type }>

interface SlotName {
  readonly schedule: string
  readonly day: string
  readonly at: string
}

const waitingFor = ({ schedule, day, at }: SlotName) => ({
  kind: appointment.name,
  index: 'waiting',
  equals: [[schedule], [`${day}T${at}`]],
})

/** A place that is free again goes to whoever has waited longest for it. */
export const freePlaceIsFilled = flow<
  Told<'appointment.cancelled'> | Told<'appointment.rescheduled'>
>(
  'free-place-is-filled',
  ['appointment.cancelled', 'appointment.rescheduled'],
  (_, found) =>
    found
      .slice(0, 1)
      .map(({ key: { id } }) => raise(appointment, id, { type: 'promote', appointment: id })),
  ({ event }) => {
    if (event.type === 'appointment.cancelled') return event.freed ? waitingFor(event) : undefined
    return waitingFor(event.before)
  },
)

/** A patient is reminded of an appointment before it, while that is of use. */
export const appointmentIsReminded = flow<Told<'appointment.reminded'>>(
  'appointment-is-reminded',
  'appointment.reminded',
  ({ key, event: { patient, day, at, begins } }) => {
    const id = `appointment:${key.id}:${day}T${at}`
    return [
      raise(message, id, {
        type: 'ask',
        message: id,
        to: { patient },
        purpose: 'appointment',
        template: 'appointment.reminder',
        params: { day, at },
        about: `${key.kind}/${key.id}`,
        until: begins,
      }),
    ]
  },
)
