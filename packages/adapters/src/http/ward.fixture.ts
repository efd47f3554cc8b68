import { type CrmOptions, createCrm, Id, refuse, type Slice, Text } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'
import * as z from 'zod'
import { type HttpOptions, httpHandler, type Who } from './index.ts'

const Bed = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({ status: z.literal('made'), ward: Text }),
])
const Command = z.union([
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('make'), bed: Id, ward: Text }),
    z.strictObject({ type: z.literal('break'), bed: Id }).refine(() => true),
  ]),
  z.object({ type: z.literal(['sweep', 'mop']), bed: Id }),
])
const Event = z.strictObject({ type: z.literal('bed.made'), ward: Text })

/** A vendor's own slice, one of whose commands is a defect. */
const bed: Slice<z.infer<typeof Bed>, z.infer<typeof Command>, z.infer<typeof Event>> = {
  name: 'bed',
  state: Bed,
  command: Command,
  event: Event,
  initial: { status: 'none' },
  keys: (command) => [command.bed],
  decide: (_, command) => {
    if (command.type === 'break') throw new Error('王秀英')
    if (command.type !== 'make') return refuse('bed.swept-already')
    return [{ type: 'bed.made', ward: command.ward }]
  },
  evolve: (_, { ward }) => ({ status: 'made', ward }),
  lists: { ward: ['ward'] },
  entries: (state, id) =>
    state.status === 'made' ? [{ index: 'ward', equals: [state.ward], order: id }] : [],
}

const pack = {
  ...xuzhouPack,
  access: [
    { role: 'nurse', may: ['patient.*', 'bed.*'], opens: 3 },
    { role: 'clerk', may: ['patient.register', 'patient.read'], opens: 0 },
  ],
}

/** Who has which token. */
const tokens: Readonly<Record<string, Who>> = {
  head: { tenant: 'east', actor: { id: 'head', roles: ['admin'] } },
  nurse: { tenant: 'east', actor: { id: 'li', roles: ['nurse'] } },
  clerk: { tenant: 'east', actor: { id: 'wu', roles: ['clerk'] } },
  west: { tenant: 'west', actor: { id: 'head', roles: ['admin'] } },
}

export interface Said {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: an answer is looked at field by field.
  readonly body: any
}

/** Two hospitals behind a handler, and how one calls it. */
export const ward = async (
  options: Partial<HttpOptions> = {},
  kept: Pick<CrmOptions, 'store' | 'cipher'> = {},
) => {
  const crm = createCrm({ extensions: [{ slices: [bed] }], ...kept })
  for (const tenant of ['east', 'west'])
    await crm.for({ tenant }).hospitals.open({ name: tenant, zone: 'Asia/Shanghai', pack })
  const handle = httpHandler({
    crm,
    identify: (request) => tokens[request.headers.get('authorization')?.slice(7) ?? ''],
    ...options,
  })
  const ask = async (request: Request): Promise<Said> => {
    const response = await handle(request)
    const { status, headers } = response
    return { status, headers, body: await response.json() }
  }
  const as =
    (token: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      ask(
        new Request(`https://crm.example${path}`, {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            authorization: `Bearer ${token}`,
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      )
  return { crm, handle, ask, as, nurse: as('nurse'), head: as('head'), west: as('west') }
}
