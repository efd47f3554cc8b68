import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Destination } from './destination.ts'

/** The status that came back; `unreached` sent nothing, of `lost` nobody knows what arrived. */
export type Posted = number | 'unreached' | 'lost'

export interface PinnedPostOptions {
  /** Milliseconds for the whole exchange; 10,000 unless told. */
  readonly timeout?: number
  /** The authority of receivers in the hospital's own network, as PEM, where Node does not know it. */
  readonly ca?: string
}

/**
 * Posts to the addresses that were checked and to no other, whatever the name may lead to by now. Follows no
 * redirect, reads no body and keeps no connection.
 */
export const pinnedPost = (
  { url, addresses }: Destination,
  { headers, body }: { readonly headers: Record<string, string>; readonly body: string },
  { timeout = 10_000, ca }: PinnedPostOptions,
): Promise<Posted> =>
  new Promise((done) => {
    let connected = false
    const isSecure = url.protocol === 'https:'
    const pinned: LookupFunction = (_, { all }, found) => {
      if (all) return found(null, [...addresses])
      const [{ address, family } = { address: '', family: 4 }] = addresses
      found(null, address, family)
    }
    const options = {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: pinned,
      agent: false,
      signal: AbortSignal.timeout(timeout),
      ...(ca !== undefined && { ca }),
    } as const
    const request = (isSecure ? httpsRequest : httpRequest)(url, options, (response) => {
      done(response.statusCode ?? 'lost')
      response.destroy()
    })
    request.on('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        connected = true
      })
    })
    request.on('error', () => done(connected ? 'lost' : 'unreached'))
    request.end(body)
  })
