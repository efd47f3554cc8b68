import type { Socket } from 'node:net'
import type { Answer } from './answer.ts'
import { createFramer, frameOf, type MllpPiece } from './framer.ts'
import type { MllpNotice, MllpNoticeCode } from './refusal.ts'

/** What all connections of a server share. */
export interface ConnectionSettings {
  readonly answer: Answer
  readonly maxFrameBytes: number
  readonly frameMs: number
  /** 0: for ever. */
  readonly idleMs: number
  readonly onNotice: (notice: MllpNotice) => void
}

/** One sender's connection. */
export interface Connection {
  /** Resolves when it is closed and everything that had come was settled. Never rejects. */
  readonly done: Promise<void>
  /** Takes no more frames, answers those that have come, and ends. */
  readonly finish: () => void
}

/** Frames of one connection that may wait for their answers before its sender is made to wait. */
const mostWaiting = 64

/** Serves one sender: frames in, one answer for each in their order. */
export const openConnection = (
  socket: Socket,
  { answer, maxFrameBytes, frameMs, idleMs, onNotice }: ConnectionSettings,
): Connection => {
  const peer = socket.remoteAddress ?? ''
  const framer = createFramer(maxFrameBytes)
  let isFinishing = false
  let frames = 0
  let bytes = 0
  let answered: Promise<void> = Promise.resolve()
  let frameTimer: NodeJS.Timeout | undefined

  const notice = (code: MllpNoticeCode, cause?: unknown) =>
    onNotice({ code, peer, ...(cause !== undefined && { cause }) })
  const isBusy = () => frames >= mostWaiting || bytes > maxFrameBytes

  const serve = (piece: Extract<MllpPiece, { bytes: Uint8Array }>) => {
    const size = piece.bytes.length
    frames += 1
    bytes += size
    const ready = answer(piece, peer)
    answered = answered
      .then(async () => written(socket, frameOf(await ready)))
      .then(() => {
        frames -= 1
        bytes -= size
        if (!isBusy()) socket.resume()
      })
  }

  const expire = () => {
    frameTimer = undefined
    // A sender that is made to wait is not slow.
    if (socket.isPaused()) watch(false)
    else abandon('mllp.slow-frame')
  }
  const watch = (isNew: boolean) => {
    if (isNew || !framer.isOpen()) {
      clearTimeout(frameTimer)
      frameTimer = undefined
    }
    if (framer.isOpen()) frameTimer ??= setTimeout(expire, frameMs)
  }
  const abandon = (code: MllpNoticeCode) => {
    notice(code)
    socket.destroy()
  }
  const passOver = ({ kind }: MllpPiece) =>
    notice(kind === 'noise' ? 'mllp.noise' : 'mllp.cut-frame')

  const finish = () => {
    if (isFinishing) return
    isFinishing = true
    void answered.then(() => socket.end())
  }

  socket.on('data', (chunk: Uint8Array) => {
    if (isFinishing) return
    let isNew = false
    for (const piece of framer.push(chunk)) {
      isNew = true
      if ('bytes' in piece) serve(piece)
      else passOver(piece)
    }
    watch(isNew)
    if (isBusy()) socket.pause()
  })
  socket.on('end', finish)
  socket.on('error', (cause) => notice('mllp.broken-connection', cause))
  if (idleMs > 0) {
    socket.setTimeout(idleMs, () => {
      if (frames === 0) abandon('mllp.idle')
    })
  }
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      clearTimeout(frameTimer)
      for (const piece of framer.end()) passOver(piece)
      resolve()
    })
  })

  return { done: closed.then(() => answered), finish }
}

/** Resolves when the socket takes more, or is closed. */
const written = (socket: Socket, bytes: Uint8Array): Promise<void> | undefined => {
  if (!socket.writable || socket.write(bytes)) return undefined
  return new Promise((resolve) => {
    const settle = () => {
      socket.off('drain', settle)
      socket.off('close', settle)
      resolve()
    }
    socket.on('drain', settle)
    socket.on('close', settle)
  })
}
