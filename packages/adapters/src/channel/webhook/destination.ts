import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isPublicAddress } from './public-address.ts'

/** Where a name leads, as Node's `dns` says it. */
export interface Address {
  readonly address: string
  readonly family: number
}

/** A checked address of a webhook, and the only places that may be connected for it. */
export interface Destination {
  readonly url: URL
  readonly addresses: readonly Address[]
}

export interface DestinationOptions {
  /**
   * Hosts in the hospital's own network that may be reached, also by http and on other ports, as
   * `host` or `host:port`. All others must be public, by https, on port 443.
   */
  readonly allow?: readonly string[]
  /** How a name becomes addresses; the system's way unless told. */
  readonly resolve?: (hostname: string) => Promise<readonly Address[]>
}

const systemResolve = (hostname: string) => lookup(hostname, { all: true })

/**
 * Resolves the host of a webhook once and checks every address it has, so that what is connected later is
 * what was checked. `forbidden`: it may never be reached; `unresolved`: the name leads nowhere now.
 */
export const destinationOf = async (
  text: string,
  { allow = [], resolve = systemResolve }: DestinationOptions = {},
): Promise<Destination | 'forbidden' | 'unresolved'> => {
  if (!URL.canParse(text)) return 'forbidden'
  const url = new URL(text)
  const { protocol, hostname, host, port, username, password } = url
  if (username !== '' || password !== '') return 'forbidden'
  const allowed = allow.includes(hostname) || allow.includes(host)
  if (protocol !== 'https:' && !(allowed && protocol === 'http:')) return 'forbidden'
  if (!allowed && port !== '') return 'forbidden'
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  const family = isIP(bare)
  try {
    const addresses = family > 0 ? [{ address: bare, family }] : await resolve(hostname)
    if (addresses.length === 0) return 'unresolved'
    const safe = allowed || addresses.every(({ address }) => isPublicAddress(address))
    return safe ? { url, addresses } : 'forbidden'
  } catch {
    return 'unresolved'
  }
}
