import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { raise } from '../../kernel/flow.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Tick } from '../../kernel/tick.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide/index.ts'
import { evolve } from './evolve.ts'
import { keys, needs } from './keys.ts'
import { Appointment, AppointmentCommand, AppointmentEvent } from './schema.ts'

export const appointment: Slice<Appointment, AppointmentCommand, AppointmentEvent> = {
  name: 'appointment',
  state: Appointment,
  command: AppointmentCommand,
  event: AppointmentEvent,
  initial: { status: 'none' },
  keys,
  needs,
  decide,
  evolve,
  lists: { patient: ['patient'], slot: ['schedule'], waiting: ['schedule', 'slot'] },
  entries: (state): Entry[] => {
    if (!('patient' in state)) return []
    const { status, patient, schedule, day, at, askedAt, begins, remindAt } = state
    const isOpen = status === 'booked' || status === 'confirmed'
    return [
      { index: 'patient', equals: [patient], order: begins },
      ...(isOpen ? [{ index: 'slot', equals: [schedule], order: begins }] : []),
      ...(status === 'waiting'
        ? [{ index: 'waiting', equals: [schedule, `${day}T${at}`], order: askedAt }]
        : []),
      ...(isOpen && remindAt !== undefined
        ? [{ index: 'remind', equals: [], order: remindAt }]
        : []),
    ]
  },
  attributes: (state): Attributes => ('patient' in state ? { patient: [state.patient] } : {}),
}

export const appointmentsRemind: Tick = {
  name: 'appointments',
  kind: appointment.name,
  index: 'remind',
  equals: [],
  raise: ({ key: { id } }) => raise(appointment, id, { type: 'remind', appointment: id }),
}

type Said<Type extends AppointmentCommand['type']> = Input<typeof AppointmentCommand, Type>

export const appointments = (door: Door) => ({
  /**
   * Books a place in a slot: the channel's own places first, then those open to all. A slot that is full
   * refuses (`appointment.full`), or takes the patient on its waiting list with `orWait`.
   */
  book: async (input: Said<'book'>, options?: CommandOptions) =>
    door.run(appointment, { type: 'book', ...input }, options),

  /** Moves an appointment to another slot of the same schedule; its old place is free in the same moment. */
  reschedule: (id: string, to: Omit<Said<'reschedule'>, 'appointment'>, options?: CommandOptions) =>
    door.run(appointment, { type: 'reschedule', appointment: id, ...to }, options),

  confirm: (id: string, options?: CommandOptions) =>
    door.run(appointment, { type: 'confirm', appointment: id }, options),

  /** Cancels; whoever has waited longest for the slot gets the place. */
  cancel: (id: string, input: Omit<Said<'cancel'>, 'appointment'>, options?: CommandOptions) =>
    door.run(appointment, { type: 'cancel', appointment: id, ...input }, options),

  attend: (id: string, options?: CommandOptions) =>
    door.run(appointment, { type: 'attend', appointment: id }, options),

  /** Records that the patient did not come; refused before the slot begins (`appointment.not-yet`). */
  miss: (id: string, options?: CommandOptions) =>
    door.run(appointment, { type: 'miss', appointment: id }, options),

  get: (id: string, options?: ReadOptions) => door.get(appointment, id, options),

  /** A patient's appointments, the latest slot first. */
  of: (patient: string, paging: Paging = {}) =>
    door.list(
      appointment,
      { index: 'patient', equals: [[patient]], direction: 'descending', ...page(paging) },
      paging,
    ),

  /** Who is booked on a schedule between two instants, both included, in order of slots. */
  on: (
    schedule: string,
    { from, to, ...paging }: Paging & { readonly from: string; readonly to: string },
  ) =>
    door.list(
      appointment,
      { index: 'slot', equals: [[schedule]], from, to, ...page(paging) },
      paging,
    ),
})
