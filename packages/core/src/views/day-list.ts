import { match, P } from 'ts-pattern'
import * as z from 'zod'
import { Day, Id, Text } from '../kernel/fields.ts'
import { localDay } from '../kernel/local-day.ts'
import type { View, ViewContext, Viewed } from '../kernel/view.ts'
import { nobodyOf, regionOf } from '../slices/follow-ups/index.ts'
import { type Followed, type FollowUp, isLive, type Task } from '../slices/follow-ups/schema.ts'
import type { Patient } from '../slices/patients/schema.ts'

/** One line of a day's work: a follow-up that is open or overdue on that day. */
export interface DayListItem
  extends Pick<Task, 'visit' | 'tier' | 'role' | 'channel' | 'owner' | 'opens' | 'due'> {
  readonly patient: string
  readonly task: string
  readonly state: 'open' | 'overdue' | 'coming'
  readonly department?: string
  /** Of a home visit. */
  readonly region?: string
  /** Covered unless the view was asked to open personal data. */
  readonly name?: string | null
  readonly phone?: string | null
}

export interface DayList {
  readonly items: readonly DayListItem[]
  readonly next?: string
}

const DayListQuery = z.strictObject({
  /** The local day whose work is asked for; today in the hospital's zone unless told. */
  day: Day.optional(),
  /**
   * Whose work: a tier's, a region's, a department's (`''`: of visits without one), a member of staff's, or what
   * belongs to a role and to nobody in it yet.
   */
  of: z.union([
    z.strictObject({ tier: z.int().positive() }),
    z.strictObject({
      departments: z
        .array(Id.or(z.literal('')))
        .min(1)
        .max(200),
    }),
    z.strictObject({ owners: z.array(Id).min(1).max(200) }),
    /** Home visits, by the pack's regions; `unassigned` is one of them. */
    z.strictObject({ regions: z.array(Text).min(1).max(200) }),
    z.strictObject({ unassigned: z.array(Text).min(1).max(20) }),
  ]),
  /** Only what falls due on these local days, both included; all there is by the day unless told. */
  due: z.strictObject({ from: Day.optional(), to: Day.optional() }).optional(),
  /** `open` and `overdue` unless told; `coming` is what opens after the day. */
  states: z
    .array(z.enum(['open', 'overdue', 'coming']))
    .min(1)
    .default(['open', 'overdue']),
  limit: z.int().min(1).max(500).default(50),
  after: z.string().optional(),
})
export type DayListQuery = z.input<typeof DayListQuery>
type Asked = z.output<typeof DayListQuery>

const lookUpOf = (of: Asked['of']): { index: string; equals: readonly (readonly string[])[] } =>
  match(of)
    .with({ tier: P.number }, ({ tier }) => ({ index: 'tier', equals: [[`${tier}`]] }))
    .with({ departments: P.any }, ({ departments }) => {
      return { index: 'department', equals: [departments] }
    })
    .with({ owners: P.any }, ({ owners }) => ({ index: 'worker', equals: [owners] }))
    .with({ regions: P.any }, ({ regions }) => ({ index: 'region', equals: [regions] }))
    .with({ unassigned: P.any }, ({ unassigned }) => {
      return { index: 'worker', equals: [unassigned.map(nobodyOf)] }
    })
    .exhaustive()

const belongs = (
  of: Asked['of'],
  { tier, owner, role, channel, visit }: Task,
  followed: Followed,
): boolean =>
  match(of)
    .with({ tier: P.number }, (asked) => tier === asked.tier)
    .with({ departments: P.any }, ({ departments }) =>
      departments.includes(departmentOf(followed, visit) ?? ''),
    )
    .with({ owners: P.any }, ({ owners }) => owner !== null && owners.includes(owner))
    .with(
      { regions: P.any },
      ({ regions }) => channel === 'home-visit' && regions.includes(regionOf(followed)),
    )
    .with({ unassigned: P.any }, ({ unassigned }) => owner === null && unassigned.includes(role))
    .exhaustive()

const stateOn = (day: string, { opens, due }: Pick<Task, 'opens' | 'due'>) => {
  if (opens > day) return 'coming'
  return due < day ? 'overdue' : 'open'
}

const departmentOf = ({ episodes }: Followed, of: string) =>
  episodes.find(({ visit }) => visit === of)?.department

const dayOf = ({ day }: { readonly day?: string }, { now, policy }: ViewContext): string =>
  day ?? localDay(policy.zone, now)

/** The tasks that an entry of the list stands for: live ones that fall due on its day and wait for no draw. */
const tasksOf = ({ state, order }: Viewed, { of, states }: Asked, day: string) => {
  const followed = state as unknown as FollowUp
  if (followed.status !== 'followed') return []
  return followed.tasks.filter((task) => {
    const isOwed = isLive(task) && task.inDenominator && task.due === order
    return isOwed && belongs(of, task, followed) && states.includes(stateOn(day, task))
  })
}

/**
 * The work of a day, first what fell due first: follow-ups whose window has opened by then and that
 * nobody has done, or those that are coming. Paged by `next`; a page may hold less than was asked for.
 */
export const dayList: View<Asked, DayList> = {
  name: 'day-list',
  query: DayListQuery as never,
  lists: ({ of, due = {}, limit, after }) => ({
    tasks: {
      kind: 'follow-up',
      ...lookUpOf(of),
      ...(due.from !== undefined && { from: due.from }),
      ...(due.to !== undefined && { to: due.to }),
      limit,
      ...(after !== undefined && { after }),
    },
  }),
  loads: (query, inHand, context) =>
    inHand
      .list('tasks')
      .items.filter((item) => tasksOf(item, query, dayOf(query, context)).length > 0)
      .map(({ key: { id } }) => ({ kind: 'patient', id })),
  shape: (query, inHand, context) => {
    const day = dayOf(query, context)
    const { items, next } = inHand.list('tasks')
    const lines = items.flatMap((item) => {
      const followed = item.state as unknown as Followed
      const { id: patient } = item.key
      const person = inHand.record({ kind: 'patient', id: patient })?.state as unknown as
        | Patient
        | undefined
      return tasksOf(item, query, day).map((task): DayListItem => {
        const { key, visit, tier, role, channel, owner, opens, due } = task
        const department = departmentOf(followed, visit)
        return {
          patient,
          task: key,
          ...{ visit, tier, role, channel, owner, opens, due },
          state: stateOn(day, task),
          ...(department !== undefined && { department }),
          ...(channel === 'home-visit' && { region: regionOf(followed) }),
          ...shown(person),
        }
      })
    })
    return { items: lines, ...(next !== undefined && { next }) }
  },
}

const shown = (person: Patient | undefined) => {
  if (person?.status !== 'person') return {}
  const { name, phones = [] } = person as unknown as { name?: string; phones?: string[] }
  return {
    ...(name !== undefined && { name }),
    ...(phones[0] !== undefined && { phone: phones[0] }),
  }
}
