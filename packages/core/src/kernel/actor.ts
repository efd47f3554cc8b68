/** Who asks. The host has authenticated them; the crm decides what they may do. */
export interface Actor {
  readonly id: string
  readonly roles: readonly string[]
  /** What the host knows of them that access rules may compare: `{ department: ['cardiology'] }`. */
  readonly scope?: Readonly<Record<string, readonly string[]>>
}

/** The crm itself: flows, pump, tick and effects. May do everything, and is named in the log. */
export const system: Actor = { id: 'system', roles: ['system'] }

/** The host's own code when no actor is bound: may do everything. */
export const host: Actor = { id: 'host', roles: ['admin'] }
