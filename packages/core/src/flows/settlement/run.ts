import type { Month, Policy, Release } from '@hospital-crm/rules'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import * as z from 'zod'
import { permissionFor } from '../../kernel/access.ts'
import type { Door } from '../../kernel/door.ts'
import { everyPage } from '../../kernel/paging.ts'
import { refuse } from '../../kernel/refusal.ts'
import { canonical } from '../../kernel/tree.ts'
import type { View } from '../../kernel/view.ts'
import { account, accountId, whoseId } from '../../slices/accounts/index.ts'
import type { Whose } from '../../slices/accounts/schema.ts'
import { partner } from '../../slices/partners/index.ts'
import { release } from '../../slices/releases/index.ts'
import { monthBefore, settlement } from '../../slices/settlements/index.ts'
import type { Drafted } from '../../slices/settlements/schema.ts'
import { staffMember } from '../../slices/staff/index.ts'
import { statement } from '../../slices/statements/index.ts'
import { type Book, openBook } from './book.ts'
import { frozenIn } from './frozen.ts'
import { type Made, payeeStatement, type Setting } from './payee-statement.ts'
import { earners, payeeFacts, rulesOf } from './payee-terms.ts'

/** All statements of a month, and what the accounts said that they were made of. */
export interface Run {
  readonly hash: string
  readonly made: readonly Made[]
  readonly accounts: readonly {
    readonly account: string
    readonly position: number
    readonly amount: number
    readonly lines: number
  }[]
}

const wholly = [account, statement, settlement, release, staffMember, partner]

/** Whoever sees a part only would settle a part only. */
const mayReadAll = (door: Door, { access }: Policy) => {
  const hidden = wholly.find(
    ({ name }) => permissionFor(access, door.actor, name, 'read') !== 'always',
  )
  if (hidden) refuse('access.denied', { verb: `${hidden.name}.read` })
}

const clock: View<object, string> = {
  name: 'now',
  query: z.strictObject({}),
  shape: (_, __, { now }) => now,
}

/** The instant of the crm's clock. */
export const nowOf = (door: Door): Promise<string> => door.view(clock, {})

/** Releases by two persons that have not run out at an instant. */
export const releasesAt = async (door: Door, at: string): Promise<readonly Release[]> => {
  const found = await everyPage((after) =>
    door.list(release, {
      ...{ index: 'given', equals: [], from: at, limit: 500 },
      ...(after !== undefined && { after }),
    }),
  )
  return found.flatMap(({ state }) =>
    state.status === 'given' ? [state.release as unknown as Release] : [],
  )
}

const byWhose = (a: Whose, b: Whose) => (whoseId(a) < whoseId(b) ? -1 : 1)

/** Everybody who gets a statement, and in which earlier months something changed. */
const roster = async (door: Door, policy: Policy, book: Book, first: Month) => {
  const { month } = book
  const before = monthBefore(month)
  const months = month > first ? [before, month] : [month]
  const due = await book.due(months)
  const previous = await frozenIn(door, before)
  const open = previous.flatMap(({ role, payee, waiting, statement: { carriedOut } }): Whose[] =>
    carriedOut < 0 || waiting.length > 0 ? [{ role, payee }] : [],
  )
  const settled = new Map(previous.map((frozen) => [whoseId(frozen), frozen.settled]))
  const moved = due.filter((head) => {
    const { cutoff = 0 } = settled.get(whoseId(head))?.[head.month] ?? {}
    return head.month >= first && head.position > cutoff
  })
  const changed = Map.groupBy(moved, whoseId)
  const payees = new Map<string, Whose>()
  for (const { role, payee } of [...moved, ...open, ...(await earners(door, policy))]) {
    payees.set(whoseId({ role, payee }), { role, payee })
  }
  return { payees: [...payees.values()].sort(byWhose), changed }
}

const settingOf = async (door: Door, policy: Policy, month: Month, at: string) => {
  mayReadAll(door, policy)
  const { profile } = policy.compliance ?? refuse('settlement.no-compliance-profile')
  const setting: Setting = {
    book: openBook(door, month),
    ...{ profile, at, first: rulesOf(policy).from },
    releases: await releasesAt(door, at),
  }
  return setting
}

const hashOfRun = (month: Month, made: readonly Made[]): string => {
  const statements = made.map(({ drafted: { role, payee, hash } }) => ({ role, payee, hash }))
  return bytesToHex(sha256(utf8ToBytes(canonical({ month, statements }))))
}

/** Makes all statements of a month out of what is known now. */
export const runOf = async (door: Door, month: Month): Promise<Run> => {
  const policy = await door.policy()
  const at = await nowOf(door)
  const setting = await settingOf(door, policy, month, at)
  const { book, first } = setting
  const { payees, changed } = await roster(door, policy, book, first)
  const facts = await payeeFacts(door, policy, payees)
  if (month > first) {
    await book.loadFrozen(payees.map((whose) => [monthBefore(month), whose] as const))
  }
  await book.loadHeads(payees.map((whose) => [month, whose] as const))
  const made: Made[] = []
  for (const [id, payee] of facts) {
    const since = (changed.get(id) ?? []).map((head) => head.month)
    made.push(await payeeStatement(setting, payee, since))
  }
  const accounts = made.flatMap(({ drafted }) =>
    Object.keys(drafted.cutoffs).flatMap((of) => {
      const head = book.head(of, drafted)
      if (!head) return []
      const { position, amount, lines } = head
      return [{ account: accountId(of, drafted), position, amount, lines }]
    }),
  )
  return { hash: hashOfRun(month, made), made, accounts }
}

/** Makes drafted statements again, over the same positions and as of the same instant. */
export const remade = async (
  door: Door,
  month: Month,
  { at, drafted }: { readonly at: string; readonly drafted: readonly Drafted[] },
): Promise<Omit<Run, 'accounts'>> => {
  const policy = await door.policy()
  const setting = await settingOf(door, policy, month, at)
  const facts = await payeeFacts(door, policy, drafted)
  const { book, first } = setting
  if (month > first) {
    await book.loadFrozen(drafted.map((whose) => [monthBefore(month), whose] as const))
  }
  await book.loadHeads(
    drafted.flatMap((one) => Object.keys(one.cutoffs).map((of) => [of, one] as const)),
  )
  const made: Made[] = []
  for (const one of drafted) {
    const payee = facts.get(whoseId(one)) ?? refuse('settlement.no-such-statement', { month })
    made.push(await payeeStatement(setting, payee, [], one.cutoffs))
  }
  return { hash: hashOfRun(month, made), made }
}
