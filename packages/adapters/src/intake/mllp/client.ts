import { connect, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { Refusal, refuse } from '@hospital-crm/core'
import { type Hl7Message, parseMessage } from '../hl7v2/index.ts'
import { createFramer, frameOf } from './framer.ts'

/** Whom a client sends to, and how long it waits. */
export interface MllpClientOptions {
  readonly host: string
  readonly port: number
  /** As `node:tls` takes them; `{}` trusts what the machine trusts. Without it nothing is encrypted. */
  readonly tls?: ConnectionOptions
  /** How long an answer may take, connecting included; 30 seconds unless told. */
  readonly answerSeconds?: number
  /** The longest answer taken, in bytes; 1 MiB unless told. */
  readonly maxFrameBytes?: number
}

/** What the other side answered. */
export interface MllpAnswer {
  /** MSA-1: AA or CA taken, AE or CE to be sent again, AR or CR never to be taken. */
  readonly code: string
  /** The whole answer. */
  readonly message: Hl7Message
}

/** A sender of messages over one connection, which it opens when it has something to send. */
export interface MllpClient {
  /**
   * Sends a message, in UTF-8 unless it is bytes, and waits for its answer; messages go out one after another. Refuses
   * with `mllp.no-control-id`, `mllp.no-connection`, `mllp.no-answer` or `mllp.closed`. After no answer nobody knows
   * whether it was taken: the same message is to be sent again.
   */
  send(message: string | Uint8Array): Promise<MllpAnswer>
  /** Waits for the answer under way, and closes the connection. */
  close(): Promise<void>
}

/** What waits for an answer: the control id it has to name, and whom to tell. */
interface Asked {
  readonly controlId: string
  readonly answered: (answer: MllpAnswer) => void
  readonly failed: (code: string) => void
}

/** A client of one other side. Nothing is opened before something is sent. */
export const mllpClient = (options: MllpClientOptions): MllpClient => {
  const { answerSeconds = 30, maxFrameBytes = 1 << 20 } = options
  let socket: Socket | undefined
  let asked: Asked | undefined
  let isClosed = false
  let last: Promise<unknown> = Promise.resolve()

  const open = (): Socket => {
    const { host, port, tls } = options
    const opened = tls ? connectTls({ ...tls, host, port }) : connect({ host, port, noDelay: true })
    const framer = createFramer(maxFrameBytes)
    let isReady = false
    opened.on(tls ? 'secureConnect' : 'connect', () => {
      isReady = true
    })
    opened.on('data', (chunk: Uint8Array) => {
      for (const piece of framer.push(chunk)) {
        const answer = piece.kind === 'frame' ? answerOf(piece.bytes) : undefined
        // The answer to a message that was given up is late, and not the answer to this one.
        if (answer && answer.message.segment('MSA')?.value(2) === asked?.controlId) {
          asked?.answered(answer)
        }
      }
    })
    opened.on('error', () => {})
    opened.on('close', () => {
      if (socket !== opened) return
      socket = undefined
      asked?.failed(isReady ? 'mllp.no-answer' : 'mllp.no-connection')
    })
    return opened
  }

  const exchange = (bytes: Uint8Array, controlId: string) =>
    new Promise<MllpAnswer>((resolve, reject) => {
      if (isClosed) refuse('mllp.closed')
      const settle = () => {
        clearTimeout(timer)
        asked = undefined
      }
      const failed = (code: string) => {
        settle()
        reject(new Refusal(code))
      }
      const timer = setTimeout(() => {
        const isConnecting = socket?.connecting === true
        failed(isConnecting ? 'mllp.no-connection' : 'mllp.no-answer')
        // The next message must not wait behind an answer that may still come.
        socket?.destroy()
        socket = undefined
      }, answerSeconds * 1000)
      asked = {
        controlId,
        failed,
        answered: (answer) => {
          settle()
          resolve(answer)
        },
      }
      socket ??= open()
      socket.write(frameOf(bytes))
    })

  return {
    send: async (message) => {
      const bytes = typeof message === 'string' ? new TextEncoder().encode(message) : message
      const controlId = controlIdOf(bytes) ?? refuse('mllp.no-control-id')
      const answer = last.then(() => exchange(bytes, controlId))
      last = answer.catch(() => {})
      return await answer
    },
    close: async () => {
      isClosed = true
      await last
      const closing = socket
      if (!closing) return
      await new Promise<void>((resolve) => {
        closing.once('close', () => resolve())
        closing.end()
        closing.destroySoon()
      })
    },
  }
}

const answerOf = (bytes: Uint8Array): MllpAnswer | undefined => {
  const message = parseMessage(new TextDecoder().decode(bytes))
  const code = message?.segment('MSA')?.value(1)
  return message && code ? { code, message } : undefined
}

/** MSH-10, which any charset leaves as it is. */
const controlIdOf = (bytes: Uint8Array): string | undefined => {
  const end = bytes.findIndex((byte) => byte === 0x0d || byte === 0x0a)
  const header = parseMessage(new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end)))
  return header?.header.value(10) ?? undefined
}
