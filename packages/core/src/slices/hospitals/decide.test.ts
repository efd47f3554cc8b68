import { describe, expect, it } from 'vitest'
import { packOf, policy, start, threeTiers } from '../../hospital.fixture.ts'
import { specify } from '../../testing/specify.ts'
import { hospital, hospitalPolicy } from './index.ts'
import { Hospital, HospitalCommand, type HospitalEvent } from './schema.ts'

const given = specify(hospital, { now: start })

const first = packOf()
const open = { type: 'open', name: '徐州市中心医院', zone: 'Asia/Shanghai', pack: first }
const opened: HospitalEvent = {
  type: 'hospital.opened',
  name: '徐州市中心医院',
  zone: 'Asia/Shanghai',
  locale: 'zh-CN',
  currency: 'CNY',
}
const published = (version = 1, id = 'test'): HospitalEvent => ({
  type: 'hospital.pack-published',
  id,
  version,
  at: start,
})
const kept = (version = 1, id = 'test') => ({
  on: `pack:${id}@${version}`,
  event: { type: 'hospital.pack-kept' as const, content: packOf({ id, version }) },
})
const past = [opened, published()]
const onRecord = { on: 'pack:test@1', past: [kept().event] }

describe('a hospital', () => {
  it('opens with its zone, and in Chinese and yuan unless told otherwise', () => {
    given().when(open).gives(opened, kept(), published())
  })

  it('opens in another language and currency', () => {
    given()
      .when({ ...open, zone: 'Europe/Berlin', locale: 'de', currency: 'EUR' })
      .gives(
        { ...opened, zone: 'Europe/Berlin', locale: 'de', currency: 'EUR' } as HospitalEvent,
        kept(),
        published(),
      )
  })

  it.each(['Asia/Xuzhou', '', 'Beijing Time', '../etc/passwd'])(
    'does not open in a zone that nobody knows: %j',
    (zone) => {
      given()
        .when({ ...open, zone })
        .refuses('hospital.unknown-zone')
    },
  )

  it('opens once', () => {
    given(...past, onRecord)
      .when(open)
      .refuses('hospital.already-open')
  })

  it('publishes a newer version of a pack, and keeps the older ones', () => {
    given(...past, onRecord)
      .when({ type: 'publish', pack: packOf({ version: 3 }) })
      .gives(kept(3), published(3))
  })

  it('publishes another pack beside the first, which counts its versions for itself', () => {
    given(...past, onRecord, published(7))
      .when({ type: 'publish', pack: packOf({ id: 'other' }) })
      .gives(kept(1, 'other'), published(1, 'other'))
  })

  it('never publishes the same version twice, whatever stands in it', () => {
    given(...past, onRecord)
      .when({ type: 'publish', pack: packOf({ quietHours: { from: '20:00', until: '09:00' } }) })
      .refuses('hospital.pack-exists')
  })

  it('does not go back to an older version', () => {
    given(opened, published(5), { on: 'pack:test@5', past: [kept(5).event] })
      .when({ type: 'publish', pack: packOf({ version: 4 }) })
      .refuses('hospital.pack-not-newer')
  })

  it('publishes nothing before it is open', () => {
    given().when({ type: 'publish', pack: first }).refuses('hospital.unknown')
  })

  it('is no pack: what is addressed at a pack’s record is refused', () => {
    const state = { status: 'pack', content: first } as const
    expect(Hospital.parse(state)).toEqual(state)
    given(kept().event).when(open).refuses('hospital.unknown')
    given(kept().event).when({ type: 'publish', pack: first }).refuses('hospital.unknown')
  })
})

describe('a malformed plan', () => {
  const withPlan = (said: object) => ({
    ...open,
    pack: {
      ...first,
      followUp: { ...first.followUp, plans: { 'three@1': { ...threeTiers, ...said } } },
    },
  })
  const issues = (command: unknown) =>
    HospitalCommand.safeParse(command).error?.issues.map(({ path }) => path.join('.')) ?? []

  it.each([
    ['no tier', { tiers: [] }],
    ['a horizon before a due date', { horizonDays: 20 }],
    ['two tiers of one number', { tiers: [threeTiers.tiers[0], threeTiers.tiers[0]] }],
    [
      'a window that opens after it is due',
      { tiers: [{ ...threeTiers.tiers[0], opens: { days: 9 } }] },
    ],
    ['a word nobody knows', { tires: [] }],
  ])('is refused by its path: %s', (_, said) => {
    expect(issues(withPlan(said))).toEqual([
      expect.stringMatching(/^pack\.followUp\.plans\.three@1/),
    ])
  })

  it('is one that the pack names and does not hold', () => {
    const followUp = { ...first.followUp, plan: 'four@1' }
    expect(issues({ ...open, pack: { ...first, followUp } })).toEqual(['pack.followUp.plan'])
  })
})

describe('the policy in force', () => {
  const state: Hospital = {
    status: 'open',
    name: 'A',
    zone: 'Asia/Shanghai',
    locale: 'zh-CN',
    currency: 'CNY',
    packs: [1, 2].map((version) => ({ id: 'test', version, at: '2026-01-01T00:00:00.000Z' })),
  }

  it('is read from the newest pack', () => {
    const packs = hospitalPolicy.rest(state)
    expect(packs.map(({ id }) => id)).toEqual(['pack:test@1', 'pack:test@2'])
    const contents = [1, 2].map((version) => ({ status: 'pack', content: packOf({ version }) }))
    expect(hospitalPolicy.read(state, contents)).toMatchObject({ pack: 'test@2', zone: state.zone })
    expect(hospitalPolicy.read(state, contents.slice(0, 1))).toEqual(policy())
  })

  it('is none before the hospital is open', () => {
    expect(hospitalPolicy.read(null, [])).toBeUndefined()
    expect(hospitalPolicy.read({ status: 'none' }, [])).toBeUndefined()
    expect(hospitalPolicy.rest(null)).toEqual([])
  })
})
