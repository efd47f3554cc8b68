import type * as z from 'zod'
import { attribute } from './attribute.ts'
import { AttributedVisit, type AttributionFacts, Touch } from './facts.ts'
import { AttributionRules } from './rules.ts'

export const zone = 'Asia/Shanghai'

/** Local time in Shanghai. */
export const at = (day: string, time = '10:00:00') => `${day}T${time}+08:00`

export const rules = AttributionRules.parse({
  id: 'test',
  version: 3,
  evidence: [
    {
      kind: 'slip',
      class: 1,
      timing: 'at-visit',
      windowDays: 30,
      confirmedBy: ['desk'],
      singleUse: true,
    },
    { kind: 'call', class: 2, timing: 'before-visit', windowDays: 30 },
    { kind: 'card', class: 3, timing: 'at-visit', windowDays: 7 },
  ],
})

export const visit = (id: string, registeredAt: string, more: Partial<AttributedVisit> = {}) =>
  AttributedVisit.parse({ id, patient: 'P1', registeredAt, ...more })

type LooseTouch = Partial<z.input<typeof Touch>>

/** A touch by representative R1 on patient P1, recorded as it happened, unless said otherwise. */
export const touch = (id: string, kind: string, when: string, more: LooseTouch = {}) =>
  Touch.parse({
    id,
    kind,
    person: 'P1',
    at: when,
    recordedAt: when,
    ...(more.partner === undefined && { rep: 'R1' }),
    ...more,
  })

export const slip = (id: string, when: string, more: LooseTouch = {}) =>
  touch(id, 'slip', when, { confirmations: [{ by: 'desk', at: when }], ...more })

export const decided = (
  facts: AttributionFacts,
  asOf = at('2026-12-31'),
  by: AttributionRules = rules,
) => attribute(by, facts, { zone, asOf })

/** The representative's credit of the last visit. */
export const repCredit = (...args: Parameters<typeof decided>) => {
  const credit = decided(...args).at(-1)?.credits.rep
  if (!credit) throw new Error('no visit')
  return credit
}
