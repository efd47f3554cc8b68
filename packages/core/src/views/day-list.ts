import { writeDay, zoneOf } from '@hospital-crm/rules'
import * as z from 'zod'
import { Day, Id, Text } from '../kernel/fields.ts'
import type { View, ViewContext, Viewed } from '../kernel/view.ts'
import { isLive } from '../slices/follow-ups/index.ts'
import type { FollowUp, Task } from '../slices/follow-ups/schema.ts'
import type { Patient } from '../slices/patients/schema.ts'

/** One line of a day's work: a follow-up that is open or overdue on that day. */
export interface DayListItem
  extends Pick<Task, 'visit' | 'tier' | 'role' | 'channel' | 'owner' | 'opens' | 'due'> {
  readonly patient: string
  readonly task: string
  readonly state: 'open' | 'overdue'
  readonly department?: string
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
  /** Whose work: a tier's, or a role's members'; `''` as an owner stands for nobody yet. */
  of: z.union([
    z.strictObject({ tier: z.int().positive() }),
    z.strictObject({
      role: Text,
      owners: z
        .array(Id.or(z.literal('')))
        .min(1)
        .max(200),
    }),
  ]),
  limit: z.int().min(1).max(500).default(50),
  after: z.string().optional(),
})
export type DayListQuery = z.input<typeof DayListQuery>

const dayOf = ({ day }: { readonly day?: string }, { now, policy }: ViewContext): string =>
  day ?? writeDay(zoneOf(policy.zone).dayOf(Date.parse(now)))

/** The tasks that an entry of the list stands for: live ones that fall due on its day and wait for no draw. */
const tasksOf = ({ state, order }: Viewed, { of }: z.output<typeof DayListQuery>, day: string) => {
  const followed = state as unknown as FollowUp
  if (followed.status !== 'followed') return []
  return followed.tasks.filter((task) => {
    const asked =
      'tier' in of
        ? task.tier === of.tier
        : task.role === of.role && of.owners.includes(task.owner ?? '')
    const isOwed = isLive(task) && task.inDenominator
    return asked && isOwed && task.due === order && task.opens <= day
  })
}

/**
 * The work of a day, first what fell due first: follow-ups whose window has opened by then and that
 * nobody has done. Paged by `next`; a page may hold less than was asked for.
 */
export const dayList: View<z.output<typeof DayListQuery>, DayList> = {
  name: 'day-list',
  query: DayListQuery as never,
  lists: ({ of, limit, after }) => ({
    tasks: {
      kind: 'follow-up',
      ...('tier' in of
        ? { index: 'tier', equals: [[`${of.tier}`]] }
        : { index: 'worker', equals: [[of.role], of.owners] }),
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
      const followed = item.state as unknown as Extract<FollowUp, { status: 'followed' }>
      const { id: patient } = item.key
      const person = inHand.record({ kind: 'patient', id: patient })?.state as unknown as
        | Patient
        | undefined
      return tasksOf(item, query, day).map((task): DayListItem => {
        const { key, visit, tier, role, channel, owner, opens, due } = task
        const { department } = followed.episodes.find((episode) => episode.visit === visit) ?? {}
        return {
          patient,
          task: key,
          ...{ visit, tier, role, channel, owner, opens, due },
          state: due < day ? 'overdue' : 'open',
          ...(department !== undefined && { department }),
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
