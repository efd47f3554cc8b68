import type { CommandOptions, Door } from '../../kernel/door.ts'
import { Refusal } from '../../kernel/refusal.ts'

/** Asks for several things in one commit, as one cause of the host's. Throws the refusal. */
export const request = async (
  door: Door,
  asks: Parameters<Door['runMany']>[0][number]['asks'],
  payloadHash: string,
  { cause }: CommandOptions,
): Promise<void> => {
  const asked = { asks, ...(cause !== undefined && { cause: `host:${cause}`, payloadHash }) }
  const [outcome] = await door.runMany([asked])
  if (!outcome || outcome instanceof Refusal) throw outcome ?? new Refusal('store.contended')
}
