import { readFileSync } from 'node:fs'
import { openBook } from '@hospital-crm/rules'
import { parse } from 'yaml'
import * as z from 'zod'

const book = (file: string) => openBook(parse(readFileSync(new URL(file, import.meta.url), 'utf8')))

const first = book('follow-up-tier.yaml')

/** The rule book of this package, every version of it. */
export const followUpTier = {
  conditions: first.words.conditions,
  sets: first.sets,
  /** What its rules may come to. */
  outcome: z.strictObject({
    tier: z.enum(['intensive', 'standard']),
    contactOnDays: z.array(z.int().positive()),
  }),
}
