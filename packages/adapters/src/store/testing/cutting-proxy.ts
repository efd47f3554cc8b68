import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Whether what is cut off reaches the server, all of it or all but its last byte; its answer does not come back. */
export type Cut = 'before' | 'within' | 'after'

/** Whether a connection's words reach the server late, or the server's answers whoever asked. */
export type Delay = 'words' | 'answers'

interface Plan {
  readonly nth: number
  readonly cut?: Cut
  readonly delay?: Delay
  /** Nobody gets through after a cut. */
  readonly isClosed?: boolean
}

/** A way to the server that goes wrong once, at the nth thing the client says. */
export const cuttingProxy = async (connectionString: string) => {
  const url = new URL(connectionString)
  const { hostname, port } = url
  let said = 0
  let plan: Plan | undefined
  let isClosed = false
  let held: (() => unknown)[] = []
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const behind = connect(Number(port), hostname)
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => open.delete(socket))
    }
    if (isClosed) client.destroy()
    let met: Plan | undefined
    const unless = (delay: Delay, step: () => unknown) =>
      met === plan && met?.delay === delay ? held.push(step) : step()
    client.on('data', (chunk) => {
      said += 1
      if (said === plan?.nth) met = plan
      const cut = said === met?.nth ? met.cut : undefined
      if (!cut) return unless('words', () => behind.write(chunk))
      isClosed = met?.isClosed ?? false
      if (isClosed) for (const socket of open) if (socket !== behind) socket.destroy()
      if (cut === 'before') behind.destroy()
      else behind.end(cut === 'within' ? chunk.subarray(0, -1) : chunk)
      client.destroy()
    })
    behind.on('data', (chunk) => unless('answers', () => client.write(chunk)))
    client.on('close', () => unless('words', () => behind.destroySoon()))
    behind.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url.port = String((server.address() as AddressInfo).port)
  const goWrong = (planned: Plan | undefined) => {
    said = 0
    plan = planned
  }
  return {
    connectionString: url.href,
    /** Counts anew from here, and breaks at the nth; from then on it holds. */
    cutAt: (nth: number, cut: Cut) => goWrong({ nth, cut }),
    /** The same, and nobody gets through any more until it is mended. */
    closeAt: (nth: number, cut: Cut) => goWrong({ nth, cut, isClosed: true }),
    /** Counts anew from here, and keeps back what is said, or answered, from the nth on until it is mended. */
    delayAt: (nth: number, delay: Delay) => goWrong({ nth, delay }),
    mend: () => {
      goWrong(undefined)
      isClosed = false
      const late = held
      held = []
      for (const step of late) step()
    },
    said: () => said,
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
