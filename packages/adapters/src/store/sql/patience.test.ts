import { Refusal } from '@hospital-crm/core'
import { describe, expect, it } from 'vitest'
import { patiently } from './patience.ts'

const told = (code: string) => Object.assign(new Error('what the database said'), { code })

/** Fails so often, then answers; with how often it was asked. */
const failing = (times: number, error: Error) => {
  let asked = 0
  const ask = async () => {
    asked += 1
    if (asked <= times) throw error
    return 'done'
  }
  return { ask, asked: () => asked }
}

describe('patience', () => {
  it.each(['40001', '40P01', '57P01', '08006', 'ECONNRESET'])(
    'outlasts %s five times, and no longer',
    async (code) => {
      const passing = failing(5, told(code))
      expect(await patiently(passing.ask)).toBe('done')
      const lasting = failing(99, told(code))
      await expect(patiently(lasting.ask)).rejects.toMatchObject({ code })
      expect([passing.asked(), lasting.asked()]).toEqual([6, 6])
    },
  )

  it.each([told('23505'), told('42501'), new Refusal('store.unstorable'), new Error('a defect')])(
    'is not wasted on %s',
    async (error) => {
      const { ask, asked } = failing(1, error)
      await expect(patiently(ask)).rejects.toBe(error)
      expect(asked()).toBe(1)
    },
  )
})
