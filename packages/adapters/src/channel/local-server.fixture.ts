import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

/** A request as it stood on the wire. */
export interface Seen {
  readonly method: string
  /** Path and query, still encoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a server does with a request: answers it, or leaves the caller without an answer. */
export type Reaction =
  | { readonly status: number; readonly body?: string; readonly headers?: Record<string, string> }
  | 'hang up'
  | 'say nothing'

const open = new Set<() => void>()
afterAll(() => {
  for (const close of open) close()
})

const bodyOf = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const react = (response: ServerResponse, reaction: Reaction) => {
  if (reaction === 'hang up') response.destroy()
  else if (reaction !== 'say nothing') {
    response.writeHead(reaction.status, reaction.headers)
    response.end(reaction.body ?? '')
  }
}

/** A real HTTP server on loopback, gone when the tests of the file have ended. */
export const serve = async (handle: (seen: Seen) => Reaction | Promise<Reaction>) => {
  const seen: Seen[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request
    const flat = Object.fromEntries(Object.entries(headers).map(([name, is]) => [name, String(is)]))
    const one = { method, path, headers: flat, body: await bodyOf(request) }
    seen.push(one)
    react(response, await handle(one))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  open.add(close)
  return { url: `http://127.0.0.1:${port}`, port, seen, close }
}
