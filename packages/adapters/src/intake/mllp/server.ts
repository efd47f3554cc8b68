import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { Clock } from '@hospital-crm/core'
import { Hl7Profile } from '../hl7v2/index.ts'
import { answering } from './answer.ts'
import { type Connection, type ConnectionSettings, openConnection } from './connection.ts'
import { groupCommit, type Take } from './group-commit.ts'
import { keyMemory } from './key-memory.ts'
import type { ProfileOf } from './receive.ts'
import type { MllpNotice } from './refusal.ts'

/** Where a server listens, for whom, and what it does with what comes. */
export interface MllpServerOptions {
  /** The address of the interface it listens on, e.g. `10.0.0.5`. There is no default that listens on all. */
  readonly host: string
  /** 2575 is usual; 0 takes a free one. */
  readonly port: number
  /** How messages are read: one profile, or one for each sender. */
  readonly profile: ProfileOf
  /** Mostly `crm.intakes.take`. A sender is answered when it has resolved, so what it took must be safe by then. */
  readonly take: Take
  /** Certificate and key as `node:tls` takes them; with `requestCert` senders must show theirs. Without it nothing is encrypted. */
  readonly tls?: TlsOptions
  /** The longest frame taken, in bytes; 1 MiB unless told. */
  readonly maxFrameBytes?: number
  /** 100 unless told. */
  readonly maxConnections?: number
  /** How long a frame may take from its first byte to its last; 60 seconds unless told. */
  readonly frameSeconds?: number
  /** How long a connection may say nothing; for ever unless told, as many senders keep theirs for days. */
  readonly idleSeconds?: number
  /** When answers are given (MSH-7); the machine's clock unless told. */
  readonly clock?: Clock
  /** Told of what went wrong with connections, and of keys that were used again. */
  readonly onNotice?: (notice: MllpNotice) => void
}

/** A server that listens. */
export interface MllpServer {
  readonly host: string
  readonly port: number
  /** How many senders are connected. */
  readonly connections: () => number
  /**
   * Listens no more, answers what has come whole, and closes every connection; those that are not done after
   * `graceSeconds` (10 unless told) are cut. Frames that were cut are never acknowledged, so their senders keep them.
   */
  readonly close: (graceSeconds?: number) => Promise<void>
}

/** How many frames of all connections are committed in one go. */
const mostTogether = 64

/**
 * Listens for HL7 v2 messages by MLLP and answers each in the original mode: AA once it is committed, or was taken
 * before; AR when it can never be taken and is kept in quarantine; AE when the store failed, so that the sender
 * sends it again. Resolves when it listens; rejects when it cannot. Throws a ZodError for a wrong profile.
 */
export const serveMllp = async (options: MllpServerOptions): Promise<MllpServer> => {
  const { host, port, tls, profile, maxConnections = 100 } = options
  if (typeof profile !== 'function') Hl7Profile.parse(profile)
  const onNotice = quietly(options.onNotice)
  const settings: ConnectionSettings = {
    answer: answering({
      profile,
      commit: groupCommit(options.take, mostTogether),
      isReused: keyMemory(),
      clock: options.clock ?? { now: () => new Date() },
      onNotice,
    }),
    maxFrameBytes: options.maxFrameBytes ?? 1 << 20,
    frameMs: (options.frameSeconds ?? 60) * 1000,
    idleMs: (options.idleSeconds ?? 0) * 1000,
    onNotice,
  }
  const sockets = new Set<Socket>()
  const open = new Set<Connection>()
  const welcome = (socket: Socket) => {
    const connection = openConnection(socket, settings)
    open.add(connection)
    void connection.done.then(() => open.delete(connection))
  }
  // A sender may close its side after its last message and still wait for the answer.
  const behaviour = { allowHalfOpen: true, noDelay: true }
  const server = tls
    ? createTlsServer({ ...tls, ...behaviour }, welcome)
    : createServer(behaviour, welcome)
  server.maxConnections = maxConnections
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('drop', (dropped) =>
    onNotice({ code: 'mllp.too-many-connections', peer: dropped?.remoteAddress ?? '' }),
  )
  server.on('tlsClientError', (cause: Error, socket: Socket) =>
    onNotice({ code: 'mllp.broken-connection', peer: socket.remoteAddress ?? '', cause }),
  )
  await listening(server, host, port)
  server.on('error', (cause) => onNotice({ code: 'mllp.broken-connection', peer: '', cause }))
  const address = server.address()

  return {
    host,
    port: typeof address === 'object' && address ? address.port : port,
    connections: () => open.size,
    close: async (graceSeconds = 10) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const connection of open) connection.finish()
      let timer: NodeJS.Timeout | undefined
      const grace = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, graceSeconds * 1000)
      })
      await Promise.race([grace, Promise.all([...open].map(({ done }) => done))])
      clearTimeout(timer)
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** A log that fails must not take a connection with it. */
const quietly =
  (onNotice: ((notice: MllpNotice) => void) | undefined) =>
  (notice: MllpNotice): void => {
    try {
      onNotice?.(notice)
    } catch {
      // There is nobody left to tell.
    }
  }

const listening = (server: Server, host: string, port: number) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host, port }, () => {
      server.off('error', reject)
      resolve()
    })
  })
