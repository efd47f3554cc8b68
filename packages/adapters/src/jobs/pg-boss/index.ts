import type { Logger } from '@hospital-crm/core'
import { type Jobs, turnFor, type Working } from '../jobs.ts'

/** The part of a started `PgBoss` that is needed. The host starts and stops it. */
export interface Boss {
  createQueue(name: string, options: object): Promise<void>
  schedule(name: string, cron: string, data?: object | null, options?: object): Promise<void>
  send(name: string, data: object, options: object): Promise<string | null>
  work(
    name: string,
    options: { pollingIntervalSeconds: number },
    handler: (jobs: readonly { readonly data: unknown }[]) => Promise<void>,
  ): Promise<string>
  offWork(name: string, options: { id: string; wait: boolean }): Promise<void>
}

export interface PgBossOptions {
  readonly boss: Boss
  /** The queue of turns, one for each tenant; `hospital-crm` unless told. `NAME-clock` wakes them every minute. */
  readonly queue?: string
  /** How many tenants this process works for at once; 2 unless told. */
  readonly workers?: number
  /** Seconds between two looks at the queue; 2 unless told. */
  readonly pollingSeconds?: number
  readonly logger?: Logger
}

export interface PgBossJobs extends Jobs {
  /** Lets a tenant's turn come at once rather than within the minute. Many at once are one. */
  wake(tenant: string): Promise<void>
}

/**
 * Turns of work spread over any number of processes by pg-boss. A job only wakes: it holds a tenant's name and
 * nothing else. What is due stands in the crm's own tables, so a queue that is lost, emptied or doubled
 * loses and doubles nothing. A turn that fails is not tried by the queue again, since a minute later another comes.
 */
export const pgBossJobs = async (
  crm: Working,
  { boss, queue = 'hospital-crm', workers = 2, pollingSeconds = 2, logger }: PgBossOptions,
): Promise<PgBossJobs> => {
  const clock = `${queue}-clock`
  const passing = { retryLimit: 0, expireInSeconds: 600, deleteAfterSeconds: 600 }
  // At most one that waits for each tenant, however often it is sent.
  await boss.createQueue(queue, { policy: 'short', ...passing })
  await boss.createQueue(clock, { policy: 'short', ...passing })

  const wake = async (tenant: string) =>
    void (await boss.send(queue, { tenant }, { singletonKey: tenant }))
  const wakeAll = async () => {
    for (const tenant of await crm.tenants()) await wake(tenant)
  }

  const polling = { pollingIntervalSeconds: pollingSeconds }
  const taking = await Promise.all(
    Array.from({ length: workers }, () =>
      boss.work(queue, polling, async (jobs) => {
        for (const { data } of jobs) {
          await turnFor(crm, (data as { readonly tenant: string }).tenant, logger)
        }
      }),
    ),
  )
  const ticking = await boss.work(clock, polling, wakeAll)
  await boss.schedule(clock, '* * * * *', null, { tz: 'UTC' })
  await wakeAll()

  return {
    wake,
    stop: async () => {
      await boss.offWork(clock, { id: ticking, wait: true })
      await Promise.all(taking.map((id) => boss.offWork(queue, { id, wait: true })))
    },
  }
}
