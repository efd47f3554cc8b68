import { createCrm } from '@hospital-crm/core'
import { describe, expect, it } from 'vitest'
import { generateMonth } from './generator/index.ts'
import { outageDays } from './incidents.ts'
import { runMonth, zone } from './job.ts'
import { comparisonsOf } from './report/planted.ts'
import { seenIncidents } from './seen-incidents.ts'
import { setClock } from './set-clock.ts'

const days = Array.from({ length: 31 }, (_, n) => `2026-03-${String(n + 1).padStart(2, '0')}`)

describe('a month of a hospital', () => {
  it.each([1, 2, 3])('is reported as it was planted, with seed %i', async (seed) => {
    const month = generateMonth({ seed, month: '2026-03', discharges: 250, zone })
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
    const seen = await seenIncidents(crm, month)
    expect(seen.checks.map(({ finding, isVoid }) => [finding, isVoid])).toEqual([
      ['failed', true],
      ['confirmed', false],
      ['confirmed', false],
    ])
    expect(seen.visits.stops.length).toBeGreaterThan(0)
    expect(seen.visits.rounds[0]).toMatchObject({ region: 'xuzhou', team: 'team-01' })
    const digests = seen.caughtUp?.digests ?? []
    expect(digests.map(({ day, reason }) => [day, reason])).toEqual(
      digests.map(({ day }) => [day, day === outageDays.at(-1) ? '' : 'stale']),
    )
    expect(digests.filter(({ status }) => status === 'sent')).toHaveLength(1)
    expect(seen.plans.map(({ plan }) => plan)).toEqual([
      'xuzhou-three-tier@1',
      'xuzhou-three-tier@2',
    ])
    const { from, to, told, left } = seen.handOver
    expect([told.map(({ staff }) => staff), left]).toEqual([[from, to], 0])
  })
})
