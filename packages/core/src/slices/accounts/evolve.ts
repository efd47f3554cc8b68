import { match } from 'ts-pattern'
import type { AccountEvent, AccountRecord } from './schema.ts'

export const evolve = (record: AccountRecord, event: AccountEvent): AccountRecord =>
  match(event)
    .returnType<AccountRecord>()
    .with({ type: 'account.credited' }, ({ type: _, ...credited }) => ({
      status: 'credit',
      ...credited,
    }))
    .with({ type: 'account.moved' }, ({ type: _, ...moved }) => ({
      status: 'account',
      adjustments: record.status === 'account' ? record.adjustments : [],
      ...moved,
    }))
    .with({ type: 'account.adjusted' }, ({ type: _, adjustment, ...moved }) => {
      const before = record.status === 'account' ? record.adjustments : []
      const adjustments = [...before, { position: moved.position, adjustment }]
      return { status: 'account', ...moved, adjustments }
    })
    .with({ type: 'account.finding-proposed' }, ({ type: _, ...proposed }) => ({
      status: 'proposed',
      ...proposed,
      claims: [],
    }))
    .with({ type: 'account.finding-confirmed' }, ({ by, returns, claims }) =>
      record.status === 'proposed'
        ? { ...record, status: 'confirmed', confirmedBy: by, returns, claims }
        : record,
    )
    .exhaustive()
