import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { FeedMessage } from './feed.ts'

const batchBytes = 1 << 18

function* chunksOf(messages: Iterable<FeedMessage>): Generator<Uint8Array> {
  let batch: Uint8Array[] = []
  let size = 0
  for (const { bytes } of messages) {
    batch.push(bytes, Uint8Array.of(0x0a))
    size += bytes.length + 1
    if (size < batchBytes) continue
    yield Buffer.concat(batch)
    batch = []
    size = 0
  }
  yield Buffer.concat(batch)
}

/**
 * Writes a feed to a file as interfaces log it: segments end with a carriage return, and a line feed parts one
 * message from the next. Holds a quarter of a megabyte at a time; an existing file is replaced.
 */
export const writeFeed = (messages: Iterable<FeedMessage>, path: string): Promise<void> =>
  pipeline(chunksOf(messages), createWriteStream(path))
