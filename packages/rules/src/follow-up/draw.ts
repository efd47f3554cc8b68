import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { Instant, readInstant, writeInstant } from '../calendar/instant.ts'
import { refuse } from '../refusal.ts'

/** A discharge in a week's frame. A forced one is followed up whatever the draw says. */
export const DrawMember = z.strictObject({
  visit: z.string(),
  generation: z.int().positive(),
  forced: z.boolean(),
})
export type DrawMember = z.infer<typeof DrawMember>

/** One decision: who came into the frame, and who was selected out of all not selected before. */
export const DrawRound = z.strictObject({
  decidedAt: Instant,
  rate: z.number(),
  added: z.array(DrawMember).readonly(),
  selected: z.array(z.string()).readonly(),
})
export type DrawRound = z.infer<typeof DrawRound>

/**
 * The recorded draw of one sampled tier for the discharges of one ISO week. It only grows: each
 * late arrival adds a round, and nobody selected is ever displaced.
 */
export const Draw = z.strictObject({
  /** The programme's plan id. */
  plan: z.string(),
  tier: z.int().positive(),
  /** `YYYY-Www`, by local days of discharge. */
  frame: z.string(),
  /** The frame, with the hospital's secret behind a colon where it has one. */
  seed: z.string(),
  rounds: z.array(DrawRound).readonly(),
})
export type Draw = z.infer<typeof Draw>

/** What is to be drawn: newcomers only, where the frame was drawn before. */
export interface DrawRequest {
  readonly plan: string
  readonly tier: number
  readonly frame: string
  readonly rate: number
  readonly eligible: readonly DrawMember[]
  /** An instant, RFC 3339; not before the last round of `earlier`. */
  readonly decidedAt: string
  readonly secret?: string | undefined
  readonly earlier?: Draw | undefined
}

/**
 * Decides or extends a draw: the quota is `ceil(rate × frame)`, filled by ascending hex SHA-256 of
 * `seed|visit` among all not yet selected; forced visits are in the frame and come on top of it.
 * Refuses a round before the last one (`draw.out-of-order`).
 */
export const draw = (request: DrawRequest): Draw => {
  const { plan, tier, frame, rate, eligible, decidedAt, secret, earlier } = request
  const at = readInstant(decidedAt)
  const last = earlier?.rounds.at(-1)
  if (last && readInstant(last.decidedAt) > at) return refuse('draw.out-of-order', { frame, tier })
  const seed = earlier?.seed ?? (secret === undefined ? frame : `${frame}:${secret}`)
  const rounds = earlier?.rounds ?? []
  const before = rounds.flatMap(({ added }) => added)
  const isIn = new Set(before.map(memberKey))
  const added = [...new Map(eligible.map((member) => [memberKey(member), member])).values()].filter(
    (member) => !isIn.has(memberKey(member)),
  )
  const members = [...before, ...added]
  const chosen = new Set(rounds.flatMap(({ selected }) => selected))
  const forced = new Set(members.filter((member) => member.forced).map(({ visit }) => visit))
  const frameVisits = [...new Set(members.map(({ visit }) => visit))]
  const quota = exactCeil(rate, frameVisits.length) - chosen.size
  const selected = frameVisits
    .filter((visit) => !chosen.has(visit) && !forced.has(visit))
    .map((visit) => ({ visit, rank: rankOf(seed, visit) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, Math.max(quota, 0))
    .map(({ visit }) => visit)
    .sort()
  const round = { decidedAt: writeInstant(at), rate, added, selected }
  return { plan, tier, frame, seed, rounds: [...rounds, round] }
}

const memberKey = ({ visit, generation }: DrawMember) => `${generation}|${visit}`

const rankOf = (seed: string, visit: string) => bytesToHex(sha256(utf8ToBytes(`${seed}|${visit}`)))

/** The rate as it is written: 0.07 × 100 is 7 and not a little more. */
const exactCeil = (rate: number, count: number): number => {
  const [digits = '0', exponent = '0'] = rate.toExponential().split('e')
  const [whole = '0', fraction = ''] = digits.split('.')
  const numerator = BigInt(whole + fraction) * BigInt(count)
  const denominator = 10n ** BigInt(fraction.length - Number(exponent))
  return Number((numerator + denominator - 1n) / denominator)
}
