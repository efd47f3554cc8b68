import type { PayScheme } from '../../commission/pay.ts'
import type { FraudRule } from '../../compliance/fraud.ts'

/**
 * Monthly pay besides commission. The rule book leaves the figures blank: basic pay and allowance on
 * trial; basic pay, transport, phone and meals once permanent; part-timers are paid by results alone.
 */
export const yangzhouPay = (agreed: {
  readonly trial: { readonly basic: string; readonly allowance: string }
  readonly permanent: {
    readonly basic: string
    readonly transport: string
    readonly phone: string
    readonly meals: string
  }
}): PayScheme => ({
  id: 'yangzhou-pay',
  version: 1,
  currency: 'CNY',
  from: '2017-01-01',
  rounding: 'half-up',
  stages: {
    trial: componentsOf(agreed.trial),
    permanent: componentsOf(agreed.permanent),
    'part-time': [],
  },
})

const componentsOf = (amounts: Readonly<Record<string, string>>) =>
  Object.entries(amounts).map(([id, amount]) => ({ id, amount }))

/** 处以业绩的十倍罚款: ten times what made-up results earned, besides giving that back. */
export const yangzhouFraud: FraudRule = { times: 10, of: 'earned', includesReturn: false }
