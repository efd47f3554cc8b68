import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { localDay, monthOf } from './china-time.ts'
import { generateMonth, type HospitalMonth } from './generate-month.ts'

const monthWith = (seed: number, discharges = 400, charset: 'utf-8' | 'gb18030' = 'utf-8') =>
  generateMonth({ seed, month: '2026-03', discharges, zone: 'Asia/Shanghai', charset })

const digestOf = ({ messages, contacts }: HospitalMonth) => {
  const digest = createHash('sha256').update(JSON.stringify(contacts))
  for (const { sentAt, bytes } of messages) digest.update(sentAt).update(bytes)
  return digest.digest('hex')
}

const sum = (counts: Readonly<Partial<Record<string, number>>>) =>
  Object.values(counts).reduce<number>((total, count = 0) => total + count, 0)

const days = monthOf('2026-03').days

describe('a month', () => {
  it('is the same to the byte for the same seed, however often it is read', () => {
    const month = monthWith(1)
    expect(digestOf(month)).toBe(digestOf(month))
    expect(digestOf(monthWith(1))).toBe(digestOf(month))
    expect(digestOf(monthWith(2))).not.toBe(digestOf(month))
    expect(digestOf(monthWith(1, 400, 'gb18030'))).not.toBe(digestOf(month))
    expect(monthWith(1, 400, 'gb18030').expected).toEqual(month.expected)
  })

  it.each([0, 1, 20, 299, 300, 1000])('of %i discharges lists that many', (discharges) => {
    const month = monthWith(5, discharges)
    const listed = days.flatMap((day) => month.discharges(day))
    expect(listed).toHaveLength(discharges)
    expect(new Set(listed.map(({ visit }) => visit)).size).toBe(discharges)
    expect(month.expected.liveDischarges).toBe(discharges - month.planted.missing)
  })

  it('may be short', () => {
    const month = generateMonth({
      seed: 6,
      month: '2027-02',
      discharges: 400,
      zone: 'Asia/Shanghai',
    })
    expect(monthOf('2027-02').days.flatMap((day) => month.discharges(day))).toHaveLength(400)
  })

  it('that is none is refused', () => {
    const options = { seed: 1, discharges: 1, zone: 'Asia/Shanghai' } as const
    expect(() => generateMonth({ ...options, month: '2026-13' })).toThrow(RangeError)
  })
})

describe.each([11, 12, 13])('the truth of the month with seed %i', (seed) => {
  const month = monthWith(seed)
  const { planted, expected, visits, contacts, staff, departments } = month
  const messages = [...month.messages]

  it('counts every message once', () => {
    expect(sum(expected.messages)).toBe(messages.length)
    expect(sum(expected.events)).toBe(expected.messages.event)
    expect(sum(expected.quarantined)).toBe(planted.garbage)
    expect(expected.messages).toMatchObject({
      ignored: planted.ignored,
      garbage: planted.garbage,
      duplicate: planted.duplicates,
    })
    expect(sum(planted.ignoredByType)).toBe(planted.ignored)
    expect(sum(planted.garbageByCause)).toBe(planted.garbage)
    expect(planted.ignored / messages.length).toBeCloseTo(0.05, 2)
  })

  it('counts every visit once', () => {
    expect(sum(expected.fates)).toBe(visits.length)
    expect(new Set(visits.map(({ visit }) => visit)).size).toBe(visits.length)
    const { fates } = expected
    expect(fates.readmitted).toBe(planted.readmissions)
    expect(fates.deceased).toBe(planted.deathsLearned)
    expect(fates['died-in-hospital']).toBe(planted.deathsInHospital)
    expect(fates.unheard).toBe(planted.missing)
    expect(fates['discharge-cancelled']).toBe(planted.cancellations - planted.reenteredDischarges)
    expect(fates['admission-cancelled']).toBe(
      planted.cancelledAdmissions + planted.cancelledReadmissions,
    )
    expect(fates['in-hospital']).toBe(
      planted.inpatients + planted.readmissions - planted.readmissionsDischargedAgain,
    )
    expect(sum(expected.dispositions)).toBe(expected.liveDischarges)
    expect(sum(planted.missingByDepartment)).toBe(planted.missing)
  })

  it('has something of everything', () => {
    for (const count of Object.values(planted)) {
      expect(typeof count === 'number' ? count : sum(count)).toBeGreaterThan(0)
    }
    expect(Object.keys(planted.garbageByCause)).toHaveLength(7)
    expect(planted.missing).toBeLessThanOrEqual(10)
  })

  it('ends with the month, in the order of sending', () => {
    const sent = messages.map(({ sentAt }) => sentAt)
    expect(sent).toEqual([...sent].sort())
    expect(localDay(Date.parse(sent.at(-1) ?? ''))).toBe('2026-03-31')
    for (const { dischargedAt } of visits) {
      if (dischargedAt) expect(days).toContain(localDay(Date.parse(dischargedAt)))
    }
  })

  it('lists each day in order of time', () => {
    for (const day of days) {
      const times = month.discharges(day).map(({ dischargedAt }) => dischargedAt)
      expect(times).toEqual([...times].sort())
      for (const time of times) expect(localDay(Date.parse(time))).toBe(day)
    }
  })

  it('has departments with three to eight doctors and a head, agents and an outreach team', () => {
    expect(departments.length).toBeGreaterThanOrEqual(30)
    const count = (role: string, code?: string) =>
      staff.filter((one) => one.role === role && one.department === code).length
    for (const { code, diagnoses } of departments) {
      expect(count('attending', code)).toBeGreaterThanOrEqual(3)
      expect(count('attending', code)).toBeLessThanOrEqual(8)
      expect(count('head', code)).toBe(1)
      for (const diagnosis of diagnoses) {
        expect(diagnosis.code).toMatch(/^[A-Z]\d\d(\.\d)?$/)
        expect(diagnosis.name).not.toBe('')
      }
    }
    expect(count('call-centre')).toBe(11)
    expect(new Set(staff.map(({ id }) => id)).size).toBe(staff.length)
  })

  it('has staff call only whom there is reason to call, and departments that differ', () => {
    const fates = new Map(visits.map(({ visit, fate }) => [visit, fate]))
    const called = new Set(contacts.map(({ visit }) => fates.get(visit)))
    for (const fate of called) expect(['standing', 'readmitted', 'deceased']).toContain(fate)
    const entered = contacts.map(({ recordedAt }) => recordedAt)
    expect(entered).toEqual([...entered].sort())
    for (const { at, recordedAt } of contacts) expect(recordedAt > at).toBe(true)
    const tiers = Object.values(expected.firstTier)
    expect(tiers.reduce((total, { plans }) => total + plans, 0)).toBe(expected.fates.standing)
    const rates = tiers.filter(({ plans }) => plans > 5).map(({ plans, onTime }) => onTime / plans)
    expect(Math.max(...rates) - Math.min(...rates)).toBeGreaterThan(0.2)
  })
})
