import { type Heard, type Received, Refusal, refuse } from '@hospital-crm/core'
import * as z from 'zod'
import { saysStop } from '../stop-words.ts'
import { answered, readable, type Told, toldBy } from '../told.ts'
import { verifyWebhook } from './sign.ts'

const Body = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('receipt'),
    data: z.object({
      id: z.string().min(1),
      arrived: z.boolean().optional(),
      code: z.string().optional(),
    }),
  }),
  z.object({
    type: z.literal('reply'),
    data: z.object({ from: z.string().min(1), text: z.string() }),
  }),
])

const heardIn = (key: string, body: string, stopWords?: readonly string[]): Heard => {
  const { type, data } = Body.parse(JSON.parse(body))
  if (type === 'reply') {
    const { from, text } = data
    return { type, key, from: [from], text, stop: saysStop(text, stopWords) }
  }
  const { id: providerId, arrived, code } = data
  const said = { ...(arrived !== undefined && { arrived }), ...(code !== undefined && { code }) }
  return { type, key, providerId, ...said }
}

/** Who holds a secret says by which rule of Standard Webhooks a request is none of theirs. */
const keyOf = ({ headers, bytes }: Told, secrets: readonly string[]): string => {
  try {
    return verifyWebhook(headers, bytes, { secrets }).id
  } catch (error) {
    const because = error instanceof Refusal ? error.code : 'failed'
    return refuse('channel.not-authentic', { because })
  }
}

/** How webhooks that receivers sign are taken. */
export const hearingOf =
  (secrets: readonly string[], stopWords?: readonly string[]) =>
  async (request: Request): Promise<Received> => {
    const told = await toldBy(request)
    const key = keyOf(told, secrets)
    return answered([await readable(() => heardIn(key, told.body, stopWords))])
  }
