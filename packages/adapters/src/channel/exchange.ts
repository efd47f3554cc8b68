/** What came back, or how nothing did: `unreached` sent nothing, of `lost` nobody knows what arrived. */
export type Exchanged = { readonly status: number; readonly text: string } | 'unreached' | 'lost'

export interface HttpRequest {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Posted when there is one; without it the address is got. */
  readonly body?: string
}

export interface ExchangeOptions {
  /** The client; Node's own unless told, e.g. one that goes through the hospital's proxy. */
  readonly fetch?: typeof globalThis.fetch
  /** Milliseconds for the whole exchange; 10,000 unless told. */
  readonly timeout?: number
}

const longestAnswer = 65_536

interface Fault {
  readonly code?: string
  readonly syscall?: string
  readonly errors?: readonly Fault[]
}

/** Faults before a byte of the request left: no address, no connection, a certificate that does not hold. */
const isUnreached = ({ code = '', syscall = '', errors }: Fault): boolean =>
  ['connect', 'getaddrinfo'].includes(syscall) ||
  /^(UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/.test(code) ||
  (errors !== undefined && errors.length > 0 && errors.every(isUnreached))

const textOf = async (response: Response): Promise<string | undefined> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > longestAnswer) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Asks, follows no redirect, and never throws: what it could say would hold an address or a secret. */
export const exchange = async (
  { url, ...request }: HttpRequest,
  { fetch = globalThis.fetch, timeout = 10_000 }: ExchangeOptions,
): Promise<Exchanged> => {
  try {
    const method = request.body === undefined ? 'GET' : 'POST'
    const signal = AbortSignal.timeout(timeout)
    const response = await fetch(url, { ...request, method, redirect: 'manual', signal })
    const text = await textOf(response)
    return text === undefined ? 'lost' : { status: response.status, text }
  } catch (error) {
    const { cause } = error as { cause?: Fault }
    return cause && isUnreached(cause) ? 'unreached' : 'lost'
  }
}
