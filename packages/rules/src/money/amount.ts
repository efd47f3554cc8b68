import * as z from 'zod'
import { Refusal, refuse } from '../refusal.ts'
import { type Currency, decimalsOf } from './currency.ts'

/** An amount in minor units of a currency (CNY: fen): a safe integer, negative where it is owed back. */
export const Minor = z.int()
export type Minor = z.infer<typeof Minor>

/** Refuses what is not a safe integer, so that no amount is ever silently rounded (`money.unsafe`). */
export const safe = (amount: number): Minor =>
  Number.isSafeInteger(amount) ? amount + 0 : refuse('money.unsafe')

/** The safe integer that a BigInt is. Refuses one that is further from zero (`money.unsafe`). */
export const narrow = (amount: bigint): Minor => safe(Number(amount))

const form = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/

/**
 * Reads a decimal text that carries exactly the decimals of its currency: `"52000.00"` CNY is
 * 5,200,000. Refuses any other writing (`money.malformed`) and what no safe integer holds (`money.unsafe`).
 */
export const readAmount = (text: string, currency: Currency): Minor => {
  const [, sign = '', whole = '', fraction = ''] = form.exec(text) ?? []
  if (whole === '' || fraction.length !== decimalsOf(currency)) return refuse('money.malformed')
  return safe(Number(`${sign}${whole}${fraction}`))
}

/** Writes minor units as a decimal text with the decimals of the currency. */
export const writeAmount = (amount: Minor, currency: Currency): string => {
  const decimals = decimalsOf(currency)
  const digits = String(Math.abs(safe(amount))).padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const sign = amount < 0 ? '-' : ''
  return `${sign}${digits.slice(0, point)}${decimals === 0 ? '' : `.${digits.slice(point)}`}`
}

/** Why a text is no amount of the currency, as the code of a refusal; null where it is one. */
export const amountFault = (text: string, currency: Currency): string | null => {
  try {
    readAmount(text, currency)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
