import { FollowUpPlan, type Policy, policyOf, RulePack } from '@hospital-crm/rules'
import type * as z from 'zod'
import { nameOf } from './canary-words.fixture.ts'
import { type Crm, type CrmOptions, createCrm } from './create-crm.ts'
import type { Sealed } from './kernel/personal.ts'
import { setClock } from './kernel/toy.fixture.ts'
import { memoryChannel } from './memory/channel.ts'
import { memoryCipher } from './memory/cipher.ts'
import type { Cipher } from './ports/cipher.ts'
import type { PersonalKind } from './ports/words.ts'
import { recordedStore } from './recorded-store.fixture.ts'

type Tier = FollowUpPlan['tiers'][number]

const tier = (number: number, role: string, opens: number, due: number, more = {}): Tier => ({
  tier: number,
  role,
  channel: 'phone',
  purpose: number === 2 ? 'satisfaction' : 'clinical',
  opens: { days: opens },
  due: { days: due },
  acceptEarlyDays: 0,
  ...more,
})

/** Three calls: the attending within a week, the call centre in the second, outreach within thirty days. */
export const threeTiers = FollowUpPlan.parse({
  id: 'three',
  version: 1,
  tiers: [
    tier(1, 'attending', 0, 7),
    tier(2, 'call-centre', 8, 14),
    tier(3, 'outreach', 15, 30, { channel: 'home-visit' }),
  ],
  horizonDays: 45,
  excludeDispositions: ['5'],
  onInpatientReadmission: 'cancel',
  deadlineShift: 'none',
  attempts: { max: 3, minGapHours: 4 },
})

type PackInput = z.input<typeof RulePack>

/** A rule pack of the test hospital; what is said replaces what it would have. */
export const packOf = (said: Partial<PackInput> = {}): RulePack =>
  RulePack.parse({
    id: 'test',
    version: 1,
    followUp: { plan: 'three@1', plans: { 'three@1': threeTiers } },
    escalation: [
      { afterDays: 0, to: 'owner' },
      { afterDays: 2, to: 'department-head' },
      { afterDays: 4, to: 'quality-office' },
    ],
    quietHours: { from: '21:00', until: '08:00' },
    channels: { patients: ['sms'] },
    silentFeedAfterHours: 24,
    access: [],
    ...said,
  })

/** The zone of the test hospital: eight hours before UTC, without summer time. */
export const zone = 'Asia/Shanghai'

/** Monday, 2 March 2026, ten in the morning in the test hospital. */
export const start = '2026-03-02T02:00:00.000Z'

export const policy = (said: Partial<PackInput> = {}, where: string = zone): Policy =>
  policyOf({ zone: where, locale: 'zh-CN', currency: 'CNY' }, [
    { content: packOf(said), at: '2026-01-01T00:00:00.000Z' },
  ])

/** A sealed value as the road hands it to a decision; equal plain texts have equal words and other nonces. */
export const sealed = (as: PersonalKind, plain: string, nonce = 'n1'): Sealed => ({
  sealed: `${nonce}(${plain.length})`,
  subject: 'patient/p',
  level: 3,
  as,
  words: [`w-${plain}`],
})

let opened = 0

/** Ids in order, of no other crm's. */
const countedIds = () => {
  let next = 0
  opened += 1
  const prefix = `id${opened}_`
  return {
    next: () => {
      next += 1
      return `${prefix}${String(next).padStart(6, '0')}`
    },
  }
}

export interface Setting extends Pick<CrmOptions, 'channels' | 'extensions' | 'tenant' | 'logger'> {
  readonly at?: string
  readonly store?: ReturnType<typeof recordedStore>
  readonly cipher?: Cipher
  readonly clock?: ReturnType<typeof setClock>
  readonly pack?: Partial<PackInput>
  /** `false` leaves the hospital as a worker finds it that others have opened. */
  readonly open?: boolean
}

/** A crm in memory on a clock that stands still until it is set, over a store that can be searched. */
export const testCrm = async ({
  at = start,
  store = recordedStore(),
  cipher = memoryCipher(),
  clock = setClock(at),
  pack = {},
  open = true,
  ...options
}: Setting = {}) => {
  const sms = memoryChannel('sms')
  const crm = createCrm({ store, cipher, clock, ids: countedIds(), channels: [sms], ...options })
  if (open) await crm.hospitals.open({ name: 'Test hospital', zone, pack: packOf(pack) })
  return { crm, store, cipher, clock, sms }
}
export type TestCrm = Awaited<ReturnType<typeof testCrm>>

export const mr = (value: string) => ({ type: 'MR', authority: 'H', value })

/** A new patient with a telephone, and their id. */
export const someone = async (
  crm: Pick<Crm, 'patients'>,
  number: string,
  said: Record<string, unknown> = {},
): Promise<string> => {
  const person = { name: nameOf(number), phones: [`154${number.padStart(8, '0')}`], ...said }
  return (await crm.patients.register({ identifiers: [mr(number)], ...person })).id
}

type Whose = Pick<Crm, 'followUps'>
type Followed = Extract<
  NonNullable<Awaited<ReturnType<Crm['followUps']['of']>>>['state'],
  { status: 'followed' }
>

/** A person's follow-ups as they stand; none where there is no record. */
export const followed = async (
  crm: Whose,
  patient: string,
): Promise<Pick<Followed, 'tasks' | 'facts' | 'episodes' | 'notes'>> => {
  const seen = await crm.followUps.of(patient)
  return seen?.state.status === 'followed'
    ? seen.state
    : { tasks: [], facts: [], episodes: [], notes: [] }
}

/** The states of a person's follow-ups, by task key. */
export const statesOf = async (crm: Whose, patient: string): Promise<Record<string, string>> => {
  const { tasks } = await followed(crm, patient)
  return Object.fromEntries(
    tasks.map(({ key, state, reason }) => [key, reason === null ? state : `${state}: ${reason}`]),
  )
}

/** What a call was refused with, or what it threw or answered instead. */
export const refusalOf = async (call: Promise<unknown>): Promise<unknown> => {
  try {
    return await call
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}
