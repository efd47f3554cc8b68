import { match } from 'ts-pattern'
import type { DrawEvent, DrawRecord } from './schema.ts'

export const evolve = (record: DrawRecord, event: DrawEvent): DrawRecord =>
  match(event)
    .returnType<DrawRecord>()
    .with({ type: 'draw.awaited' }, ({ type: _, ...awaited }) => ({
      status: 'awaited',
      ...awaited,
    }))
    .with({ type: 'draw.reopened' }, ({ rate, due }) =>
      record.status === 'drawn' ? { ...record, rate, due } : record,
    )
    .with({ type: 'draw.decided' }, ({ plan, tier, frame, seed, round, work }) => {
      const before = record.status === 'drawn' ? record : undefined
      const rounds = before?.draw.rounds ?? []
      return {
        status: 'drawn',
        draw: { plan, tier, frame, seed, rounds: [...rounds, round] },
        rate: round.rate,
        work: { ...before?.work, ...work },
      }
    })
    .with({ type: 'draw.repeated' }, () => record)
    .exhaustive()
