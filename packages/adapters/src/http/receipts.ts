import { type Crm, refuse } from '@hospital-crm/core'
import type { Context } from 'hono'

/** Channels whose outside posts receipts and answers here, by name; `tenant` is the one hospital it serves, all unless told. */
export type Receipts = Readonly<Record<string, { readonly tenant?: string }>>

/** Where the outside reports back, as OpenAPI writes it. */
export const receiptsPath = '/channels/{channel}/receipts'

/** Hands a request to its channel as it came; the channel's signature says who asks. */
export const takeReceipt =
  (crm: Pick<Crm, 'receive'>, receipts: Receipts) =>
  async ({ req }: Context): Promise<Response> => {
    const name = req.param('channel') ?? ''
    if (!Object.hasOwn(receipts, name)) return refuse('http.unknown-path')
    return crm.receive(name, req.raw, receipts[name]?.tenant)
  }

const anything = { '*/*': { schema: {} } }

const operation = (name: string, summary: string) => ({
  operationId: name,
  tags: ['channels'],
  summary,
  security: [],
  responses: {
    '2XX': { description: 'Heard; what the provider expects.', content: anything },
    default: { $ref: '#/components/responses/Refused' },
  },
})

/** What the document says of it. */
export const receiptsDocument = (receipts: Receipts) => {
  const schema = { type: 'string', enum: Object.keys(receipts) }
  return {
    [receiptsPath]: {
      parameters: [{ name: 'channel', in: 'path', required: true, schema }],
      get: operation('channel.verify', 'Echoes the challenge of a provider that knows the token.'),
      post: {
        ...operation(
          'channel.receive',
          'Receipts and answers as the provider writes and signs them; the same again changes nothing.',
        ),
        requestBody: { required: true, content: anything },
      },
    },
  }
}
