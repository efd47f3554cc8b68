import {
  type Cell,
  cellName,
  contributions,
  type Fold,
  merged,
  type Picture,
} from '@hospital-crm/rules'
import type { Change, Json, Key, LoggedEvent } from '../ports/store.ts'
import { changeOf } from './change.ts'
import { addressOf, createDesk } from './desk.ts'
import { positionOf, takeLease } from './lease.ts'
import { localDay } from './local-day.ts'
import type { Parts } from './parts.ts'
import { createPolicies } from './policy.ts'

/** What statistics see of one kind of record, and what they count of it. */
export interface Portrait {
  readonly kind: string
  /** By which word the folds speak of it. */
  readonly as: string
  readonly folds: readonly Fold[]
  /** Its pictures by part: one for most records, one for each task of a person's follow-ups. Codes and days only. */
  readonly pictures: (state: Json, zone: string) => Readonly<Record<string, Picture>>
}

/** What a record last looked like to the statistics. */
interface Pictured {
  readonly parts: Readonly<Record<string, Picture>>
}

const cellKind = 'cell'
const pictureKind = 'picture'
const leaseName = 'statistics'
const batch = 500

const pictureKey = ({ kind, id }: Key): Key => ({ kind: pictureKind, id: `${kind}/${id}` })

/** Parts that look the same cancel out: nothing is counted for them. */
const counted = (
  { as, folds }: Portrait,
  known: string,
  before: Pictured['parts'],
  after: Pictured['parts'],
) =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((part) => {
    const change = { type: as, known, before: before[part], after: after[part] }
    return folds.flatMap((fold) => contributions(fold, change))
  })

/**
 * Adds up what the log tells into cells, behind a position of its own. Pictures, cells and position are
 * one commit under the lease's fencing token, so that a crash neither loses nor counts twice, and a
 * worker that was overtaken writes nothing. What becomes known is known on the local day of the last
 * event that told it.
 */
export const createRollUp = (parts: Parts) => {
  const { store, slices, portraits, policySource } = parts
  const policyOf = createPolicies(policySource)
  const portraitOf = new Map(portraits.map((portrait) => [portrait.kind, portrait]))

  const load = async (tenant: string, keys: readonly Key[]) =>
    keys.length === 0 ? [] : (await store.load(tenant, keys, [])).records

  const changesOf = async (tenant: string, zone: string, events: readonly LoggedEvent[]) => {
    const last = new Map(
      events
        .filter(({ key }) => portraitOf.has(key.kind))
        .map((event) => [addressOf(event.key), event]),
    )
    const told = [...last.values()]
    const keys = told.map(({ key }) => key)
    const found = await load(tenant, [...keys, ...keys.map(pictureKey)])
    const [records, pictures] = [found.slice(0, told.length), found.slice(told.length)]
    const cells: Cell[] = []
    const changes: Change[] = []
    for (const [at, { key, at: instant }] of told.entries()) {
      const portrait = portraitOf.get(key.kind)
      const state = records[at]?.state
      if (!portrait || state === undefined) continue
      const known = localDay(zone, instant)
      const { parts: before } = (pictures[at]?.state ?? { parts: {} }) as unknown as Pictured
      const after = portrait.pictures(state, zone)
      const sums = counted(portrait, known, before, after)
      if (sums.length === 0) continue
      cells.push(...sums)
      changes.push({
        key: pictureKey(key),
        version: pictures[at]?.version ?? 0,
        state: { parts: after } as unknown as Json,
        entries: [],
      })
    }
    const sums = merged(cells)
    const cellKeys = sums.map((cell) => ({ kind: cellKind, id: cellName(cell) }))
    const known = await load(tenant, cellKeys)
    for (const [at, cell] of sums.entries()) {
      const key = cellKeys[at]
      if (!key) continue
      const before = known[at]?.state as unknown as Cell | undefined
      const state = { ...cell, n: cell.n + (before?.n ?? 0) }
      changes.push(changeOf(slices.get(cellKind), { key, version: known[at]?.version ?? 0, state }))
    }
    return changes
  }

  /** Returns how many events were looked at; 0 also where another worker is at it. */
  return async (tenant: string): Promise<number> => {
    if (portraits.length === 0) return 0
    const after = await positionOf(store, tenant, leaseName)
    if ((await store.events(tenant, { after, limit: 1 })).length === 0) return 0
    const policy = await policyOf(tenant, createDesk(store, tenant))
    const lease = policy && (await takeLease(parts, tenant, leaseName))
    if (!lease) return 0
    let { position } = lease
    let looked = 0
    for (;;) {
      const events = await store.events(tenant, { after: position, limit: batch })
      const last = events.at(-1)
      if (!last) break
      position = last.position
      if (!(await lease.advance(position, await changesOf(tenant, policy.zone, events))))
        return looked
      looked += events.length
    }
    await lease.release()
    return looked
  }
}
