import { appendFileSync, readFileSync } from 'node:fs'
import type { Channel } from '@hospital-crm/core'

/** A provider that writes into a file what it is given, key and text, whichever process gives it. */
export const notedProvider = (file: string): Channel => ({
  name: 'sms',
  send: async (messages) =>
    messages.map(({ id, text }) => {
      appendFileSync(file, `${JSON.stringify([id, text])}\n`)
      return { outcome: 'sent' as const }
    }),
})

/** All that was given, in order. */
export const notedIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as readonly [id: string, text: string])
