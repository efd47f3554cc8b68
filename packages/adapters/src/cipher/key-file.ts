import { randomBytes, randomUUID } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { Refusal } from '@hospital-crm/core'

const prefix = 'hospital-crm-key-1:'

const codeOf = (error: unknown) => String((error as NodeJS.ErrnoException).code)

const refuseFile = (keyFile: string, reason: string): never => {
  const remedy = `Put back the file that was there when the data were written, or give another keyFile. It holds one line, "${prefix}" and 32 bytes as base64.`
  throw new Refusal('cipher.bad-key-file', { keyFile, reason, remedy })
}

/** Makes the file with all its content at once, unless it is there: two processes may start together. */
const make = (keyFile: string) => {
  const draft = `${keyFile}.${randomUUID()}`
  mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 })
  try {
    const file = openSync(draft, 'wx', 0o600)
    try {
      writeSync(file, `${prefix}${randomBytes(32).toString('base64')}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    linkSync(draft, keyFile)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') refuseFile(keyFile, codeOf(error))
  } finally {
    rmSync(draft, { force: true })
  }
}

const read = (keyFile: string): string | undefined => {
  try {
    const { mode } = statSync(keyFile)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const remedy = `Others may read the secret: chmod 600 ${keyFile}, or read it yourself and give it as \`key\`.`
      throw new Refusal('cipher.exposed-key-file', { keyFile, remedy })
    }
    return readFileSync(keyFile, 'utf8')
  } catch (error) {
    if (error instanceof Refusal) throw error
    return codeOf(error) === 'ENOENT' ? undefined : refuseFile(keyFile, codeOf(error))
  }
}

/** The secret in a file; the file is made, for its owner's eyes only, when it is not there and may be. */
export const keyFrom = (keyFile: string, mayMake: boolean): Uint8Array => {
  if (read(keyFile) === undefined && mayMake) make(keyFile)
  const text = (read(keyFile) ?? refuseFile(keyFile, 'ENOENT')).trimEnd()
  if (!text.startsWith(prefix)) refuseFile(keyFile, 'another format')
  const key = Buffer.from(text.slice(prefix.length), 'base64')
  if (key.length !== 32) refuseFile(keyFile, 'another length')
  return key
}
