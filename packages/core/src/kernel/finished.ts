const most = 200_000

/**
 * Remembers, in this process, which events' flows have run to their end, so that the pump passes
 * over them. Forgetting is harmless: flows that run again change nothing.
 */
export const createFinished = () => {
  const names = new Set<string>()
  const nameOf = (tenant: string, event: string) => `${tenant}\u0000${event}`
  return {
    put: (tenant: string, events: readonly string[]) => {
      if (names.size + events.length > most) names.clear()
      for (const event of events) names.add(nameOf(tenant, event))
    },
    /** Whether it is remembered; it is forgotten with that, as the pump passes an event once. */
    take: (tenant: string, event: string) => names.delete(nameOf(tenant, event)),
  }
}
