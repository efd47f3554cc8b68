import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { preferred, statusOf } from './problem.ts'

describe('the status of a refusal', () => {
  it.each([
    [
      400,
      [
        'command.malformed',
        'instant.malformed',
        'store.bad-cursor',
        'store.unstorable',
        'channel.unreadable',
      ],
    ],
    [403, ['access.denied', 'settlement.not-your-role', 'channel.not-authentic']],
    [404, ['channel.unknown']],
    [413, ['http.too-large', 'channel.too-large']],
    [404, ['patient.unknown', 'follow-up.unknown-visit', 'account.finding-unknown']],
    [404, ['staff.no-such-leave', 'tenant.unknown', 'donor.unknown-person']],
    [409, ['hospital.already-open', 'release.exists', 'account.month-frozen', 'charge.changed']],
    [409, ['appointment.full', 'referral.number-used', 'settlement.not-frozen']],
    [410, ['patient.erased', 'subject.erased']],
    [412, ['record.changed']],
    [422, ['cause.reused', 'encounter.other-patient', 'settlement.own-pay', 'donor.too-soon']],
    [422, ['survey.bad-answers', 'partner.agreement-overlaps']],
    [500, ['command.failed', 'http.failed', 'cipher.wrong-key', 'store.newer-schema']],
    [503, ['store.contended', 'store.unreachable', 'channel.early-receipt']],
  ])('is %i for %j', (status, codes) => {
    expect(codes.map((code) => [code, statusOf(code)])).toEqual(codes.map((code) => [code, status]))
  })

  it('of the handler’s own is never a rule of the domain’s', () => {
    const page = readFileSync('docs/reference/refusals.md', 'utf8')
    const own = [...page.matchAll(/`(http\.[a-z-]+)`/g)].map(([, code = '']) => code)
    expect(own.length).toBeGreaterThan(5)
    expect(own.filter((code) => statusOf(code) === 422)).toEqual([])
  })
})

describe('the language of a refusal', () => {
  it.each([
    ['zh-TW, en;q=0.9', 'zh-CN'],
    ['de, fr;q=0.9', 'en'],
    ['en;q=0.2, zh;q=0.8', 'zh-CN'],
    ['zh;q=0, en', 'en'],
    [undefined, 'en'],
    ['', 'en'],
    [';;;q=,', 'en'],
  ])('asked for by %j is %s', (header, locale) => {
    expect(preferred(header, ['en', 'zh-CN'])).toBe(locale)
  })
})
