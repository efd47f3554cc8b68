import { match } from 'ts-pattern'
import type { Charged, ChargeEvent } from './schema.ts'

export const evolve = (charged: Charged, event: ChargeEvent): Charged =>
  match(event)
    .returnType<Charged>()
    .with({ type: 'charge.posted' }, ({ patient, lines }) =>
      charged.status === 'none'
        ? { status: 'charged', patient, lines }
        : { ...charged, lines: [...charged.lines, ...lines] },
    )
    .with({ type: 'charge.attributed' }, ({ merit }) => {
      if (charged.status === 'none') return charged
      const { merit: _, ...rest } = charged
      return merit ? { ...rest, merit } : rest
    })
    .exhaustive()
