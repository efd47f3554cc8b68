import { createCrm } from '@hospital-crm/core'
import { describe, expect, it } from 'vitest'
import { generateMonth } from './generator/index.ts'
import { runMonth, zone } from './job.ts'
import { comparisonsOf } from './report/planted.ts'
import { setClock } from './set-clock.ts'

const days = Array.from({ length: 31 }, (_, n) => `2026-03-${String(n + 1).padStart(2, '0')}`)

describe('a month of a hospital', () => {
  it.each([1, 2, 3])('is reported as it was planted, with seed %i', async (seed) => {
    const month = generateMonth({ seed, month: '2026-03', discharges: 400, zone })
    const clock = setClock('2026-01-01T00:00:00Z')
    const crm = createCrm({ clock })
    const until = '2026-03-31T16:00:00.000Z'
    const { walked, reconciled, reported } = await runMonth({ crm, clock, month, days, until })
    const { planted, expected } = month
    expect(await crm.parked()).toEqual([])
    expect(walked.taken.quarantined).toEqual(expected.quarantined)
    expect(walked.taken.ignored).toEqual(planted.ignoredByType)
    expect(reconciled.flatMap((day) => day.unexpected)).toEqual([])
    const compared = comparisonsOf(month, walked.taken, reported, reconciled)
    expect(compared.map(([name, , said]) => [name, said])).toEqual(
      compared.map(([name, told]) => [name, told]),
    )
    expect(compared).toHaveLength(19)
  })
})
