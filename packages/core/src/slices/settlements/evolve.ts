import { produce } from 'immer'
import { match } from 'ts-pattern'
import type { Header, Payouts, Settlement, SettlementEvent } from './schema.ts'

const header = (state: Settlement, change: (draft: Header) => void): Settlement =>
  'hash' in state ? produce(state, change) : state

const hasOpen = ({ disputes }: Header) => disputes.some(({ closed }) => !closed)

const noPayouts = (month: string): Payouts => ({
  status: 'payouts',
  month,
  payouts: [],
  withheld: { payroll: [], bank: [] },
})

export const evolve = (state: Settlement, event: SettlementEvent): Settlement =>
  match(event)
    .returnType<Settlement>()
    .with({ type: 'settlement.drafted' }, ({ type: _, ...drafted }) => {
      const { approvals = [], hash = '', disputes = [] } = 'hash' in state ? state : {}
      const status = disputes.some(({ closed }) => !closed) ? 'disputed' : 'draft'
      const kept = hash === drafted.hash ? approvals : []
      return { status, ...drafted, isStale: false, approvals: kept, disputes }
    })
    .with({ type: 'settlement.run-drafted' }, ({ type: _, ...run }) => ({ status: 'run', ...run }))
    .with({ type: 'settlement.approved' }, ({ type: _, ...approval }) =>
      header(state, (draft) => void draft.approvals.push(approval)),
    )
    .with({ type: 'settlement.disputed' }, ({ type: _, ...dispute }) =>
      header(state, (draft) => {
        draft.disputes.push(dispute)
        draft.approvals = []
        draft.status = 'disputed'
      }),
    )
    .with({ type: 'settlement.dispute-closed' }, ({ dispute, outcome, by, at }) =>
      header(state, (draft) => {
        const found = draft.disputes.find((one) => one.dispute === dispute)
        if (found) found.closed = { outcome, by, at }
        if (draft.status === 'disputed' && !hasOpen(draft)) draft.status = 'draft'
      }),
    )
    .with({ type: 'settlement.reopened' }, () =>
      header(state, (draft) => {
        draft.approvals = []
        draft.isStale = true
      }),
    )
    .with({ type: 'settlement.frozen' }, ({ at }) =>
      header(state, (draft) => {
        draft.status = 'frozen'
        draft.frozenAt = at
      }),
    )
    .with({ type: 'settlement.exported' }, ({ month, kind, payout, withheld }) => {
      const before = state.status === 'payouts' ? state : noPayouts(month)
      const payouts = [...before.payouts, ...(payout ? [payout] : [])]
      return { ...before, payouts, withheld: { ...before.withheld, [kind]: withheld } }
    })
    .with({ type: 'settlement.payout-paid' }, ({ payout, reference, by, at }) =>
      produce(state, (draft) => {
        if (draft.status !== 'payouts') return
        const found = draft.payouts.find((one) => one.payout === payout)
        if (found) found.paid = { reference, by, at }
      }),
    )
    .with({ type: 'settlement.paid' }, () =>
      header(state, (draft) => {
        draft.status = 'paid'
      }),
    )
    .exhaustive()
