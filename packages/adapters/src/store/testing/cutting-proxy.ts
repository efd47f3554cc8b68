import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Whether what is cut off reaches the server, all of it or all but its last byte; its answer does not come back. */
export type Cut = 'before' | 'within' | 'after'

/** A way to the server that breaks once, at the nth thing the client says, and holds from then on. */
export const cuttingProxy = async (connectionString: string) => {
  const url = new URL(connectionString)
  const { hostname, port } = url
  let said = 0
  let plan: { readonly nth: number; readonly cut: Cut } | undefined
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const behind = connect(Number(port), hostname)
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => open.delete(socket))
    }
    client.on('data', (chunk) => {
      said += 1
      if (said !== plan?.nth) return void behind.write(chunk)
      if (plan.cut === 'before') behind.destroy()
      else behind.end(plan.cut === 'within' ? chunk.subarray(0, -1) : chunk)
      client.destroy()
    })
    behind.on('data', (chunk) => client.write(chunk))
    client.on('close', () => behind.destroySoon())
    behind.on('close', () => client.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url.port = String((server.address() as AddressInfo).port)
  return {
    connectionString: url.href,
    /** Counts anew from here, and breaks at the nth. */
    cutAt: (nth: number, cut: Cut) => {
      said = 0
      plan = { nth, cut }
    },
    said: () => said,
    close: async () => {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
