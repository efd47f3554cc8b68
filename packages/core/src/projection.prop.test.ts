import { type FollowUpFact, type FollowUpTask, projectFollowUps } from '@hospital-crm/rules'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policy } from './hospital.fixture.ts'
import { histories, type Lived, liveThrough, type Step } from './random-history.fixture.ts'
import { type Followed, Task } from './slices/follow-ups/schema.ts'

const runs = { numRuns: 120 }
const { imported: _, ...ofRules } = Task.shape
const names = Object.keys(ofRules) as (keyof typeof ofRules)[]
const rules = policy()

const cut = (task: FollowUpTask | Task, assigned: Followed['assigned']) => {
  const kept = Object.fromEntries(names.map((name) => [name, task[name]])) as Task
  return { ...kept, owner: task.owner ?? assigned[task.key] ?? null }
}
const byKey = (tasks: readonly Task[]) => new Map(tasks.map((task) => [task.key, task]))

const recordsOf = ({ store }: Lived) =>
  [...store.recordsOf('follow-up').values()].flatMap((state) => {
    const record = state as { status: string }
    return record.status === 'followed' ? [record as Followed] : []
  })

/** What the rules alone say of a record's facts at an instant. */
const pictureOf = ({ facts, draws, assigned }: Followed, now: string) => {
  const known = [...rules.publications, ...facts] as readonly FollowUpFact[]
  const { tasks } = projectFollowUps(rules.followUp, known, draws, { asOf: now, knownAt: now })
  return byKey(tasks.map((task) => cut(task, assigned)))
}

const settled = async (steps: readonly Step[], isWorked: boolean) => {
  const lived = await liveThrough(steps, { isWorked })
  await lived.crm.tick()
  return lived
}

describe('the tasks that the core keeps', () => {
  it('are those that the rules tell from the same facts, whether or not anybody looked in between', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), fc.boolean(), async (steps, isWorked) => {
        const lived = await settled(steps, isWorked)
        const now = lived.clock.now().toISOString()
        for (const record of recordsOf(lived)) {
          expect(byKey(record.tasks)).toEqual(pictureOf(record, now))
          expect(byKey(record.tasks).size).toBe(record.tasks.length)
        }
      }),
      runs,
    )
  })

  it('are the same whether somebody looked at every step or nobody ever did', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (steps) => {
        const everyStep = steps.flatMap((step): Step[] => [
          step,
          { pass: 0, does: { type: 'work' } },
        ])
        const [never, often] = [await settled(steps, false), await settled(everyStep, true)]
        expect(never.refused).toEqual(often.refused)
        const pictures = [never, often].map((lived) =>
          recordsOf(lived).map(({ tasks }) =>
            tasks.map(({ key, state, due, reason }) => [key, state, due, reason]).sort(),
          ),
        )
        expect(pictures[0]).toEqual(pictures[1])
      }),
      { numRuns: 60 },
    )
  })

  it('are told of at their true times: each level of an escalation once, none of them early', async () => {
    await fc.assert(
      fc.asyncProperty(histories(), async (steps) => {
        const { store } = await settled(steps, true)
        const told = (await store.log('main')).filter(({ type }) => type === 'follow-up.escalated')
        const levels = told.map(({ data }) => {
          const { task, level } = data as unknown as { task: Task; level: number }
          return `${task.key} ${level}`
        })
        expect(levels).toEqual([...new Set(levels)])
        for (const { at, data } of told) {
          const { task, at: true_ } = data as unknown as { task: Task; at: string }
          expect(task.deadlineInstant <= true_ && true_ <= at).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })
})
