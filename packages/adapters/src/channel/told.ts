import { type Received, Refusal, refuse } from '@hospital-crm/core'

/** A request from outside, as it stood on the wire. */
export interface Told {
  readonly url: string
  readonly headers: Headers
  readonly bytes: Uint8Array
  /** The same as UTF-8. */
  readonly body: string
}

const longest = 1_048_576

/** Reads a request as far as `receive` does; refuses more than a megabyte (`channel.too-large`). */
export const toldBy = async (request: Request, url = request.url): Promise<Told> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.length
    if (length > longest) return refuse('channel.too-large')
    chunks.push(chunk)
  }
  const bytes = Buffer.concat(chunks)
  return { url, headers: request.headers, bytes, body: bytes.toString('utf8') }
}

/** What a reader makes of it; refuses what the outside would never write (`channel.unreadable`). */
export const readable = async <Read>(read: () => Read | Promise<Read>): Promise<Read> => {
  try {
    return await read()
  } catch (error) {
    // What a parser says could quote what it read.
    if (error instanceof Refusal) throw error
    return refuse('channel.unreadable')
  }
}

/** What was heard, and the answer by which the outside knows it. */
export const answered = (
  heard: Received['heard'],
  body: string | null = null,
  type = 'text/plain; charset=utf-8',
): Received => ({
  heard,
  response: new Response(body, {
    status: body === null ? 204 : 200,
    headers: body === null ? {} : { 'content-type': type },
  }),
})
