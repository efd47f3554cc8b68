import { type Heard, type Received, refuse } from '@hospital-crm/core'
import { digest } from '../digest.ts'
import { saysStop } from '../stop-words.ts'
import { answered } from '../told.ts'
import { type CallbackOptions, type Called, calledBack } from './callback.ts'

export interface ReceiveOptions {
  /** What was set beside the address at which WeChat calls back; without it nothing is heard. */
  readonly callback?: CallbackOptions
  /** Answers that withdraw consent beside the usual ones. */
  readonly stopWords?: readonly string[]
}

type Field = Extract<Called, { field: unknown }>['field']

const unfollowed = (field: Field): Heard => {
  const from = field('FromUserName')
  const key = `unsubscribe:${digest(`${from} ${field('CreateTime')}`)}`
  return { type: 'reply', key, from: [from], text: '', stop: true }
}

const finished = (field: Field): Heard => {
  const status = field('Status')
  const providerId = field('MsgID')
  const code = status.replace(/\s+/g, '-')
  const key = `${providerId}:${code}`
  return { type: 'receipt', key, providerId, arrived: status === 'success', code }
}

/** What a call tells; of most events, nothing. */
const heardIn = (field: Field, stopWords?: readonly string[]): readonly Heard[] => {
  const kind = field('MsgType')
  if (kind === 'text') {
    const text = field('Content')
    const from = [field('FromUserName')]
    return [{ type: 'reply', key: field('MsgId'), from, text, stop: saysStop(text, stopWords) }]
  }
  const event = kind === 'event' ? field('Event') : ''
  if (event === 'TEMPLATESENDJOBFINISH') return [finished(field)]
  return event === 'unsubscribe' ? [unfollowed(field)] : []
}

/** How an account with this id takes what WeChat calls back with; `thanks` is what WeChat then expects. */
export const receiver =
  (id: string, thanks: string, { callback, stopWords }: ReceiveOptions) =>
  async (request: Request): Promise<Received> => {
    if (!callback) return refuse('channel.not-authentic')
    const called = await calledBack(request, id, callback)
    if ('echo' in called) return answered([], called.echo)
    return answered(heardIn(called.field, stopWords), thanks)
  }
