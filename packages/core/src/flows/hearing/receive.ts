import { type Actor, system } from '../../kernel/actor.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { createTenants } from '../../kernel/tenants.ts'
import type { Channel } from '../../ports/channel.ts'
import type { hearingDesk } from './desk.ts'

/** Hands a request from outside to its channel, and what was heard to the tenants. */
export const createReceive =
  (
    channels: readonly Channel[],
    each: ReturnType<typeof createTenants>['each'],
    deskOf: (tenant: string, actor: Actor) => ReturnType<typeof hearingDesk>,
  ) =>
  async (name: string, request: Request, tenant?: string): Promise<Response> => {
    const channel = channels.find((one) => one.name === name)
    if (!channel?.receive) return refuse('channel.unknown')
    const { heard, response } = await channel.receive(request)
    if (heard.length === 0) return response
    const taken = new Set<string>()
    await each(tenant, async (one) => {
      const { receipts } = await deskOf(one, system).hear(name, heard)
      for (const key of receipts) taken.add(key)
    })
    // A receipt can overtake the commit that says under which id the message left.
    const early = heard.filter(({ type, key }) => type === 'receipt' && !taken.has(key)).length
    return early > 0 ? refuse('channel.early-receipt', { early }) : response
  }
