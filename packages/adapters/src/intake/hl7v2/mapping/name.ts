import type { Hl7Segment } from '../codec/message.ts'
import { textOf } from './reading.ts'

const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** Whether a text is written in Chinese, Japanese or Korean characters. */
export const isEastAsian = (text: string): boolean => eastAsian.test(text)

/**
 * A name as it is written and called: "Adam Everyman", 王秀英. Where one part is in characters the other is its
 * transcription (`WANG XIUYING^王秀英`) and is left out. Middle names, titles and degrees are left out.
 */
export const writtenName = (
  family: string | undefined,
  given: string | undefined,
): string | undefined => {
  const parts = [family, given].filter((part) => part !== undefined)
  const characters = parts.filter(isEastAsian)
  if (characters.length > 0) return characters.join('')
  return [given, family].filter((part) => part !== undefined).join(' ') || undefined
}

/** Former names and the like are not what somebody is called: maiden, alias, nickname, pseudonym, coded. */
const otherwise = new Set(['M', 'A', 'N', 'S', 'U'])

/** The written form of an XPN field: of its repetitions the one in characters, else the first a person goes by, else the first. */
export const nameAt = (segment: Hl7Segment | undefined, field: number): string | undefined => {
  if (!segment) return undefined
  let called: string | undefined
  let first: string | undefined
  for (let repetition = 1; repetition <= segment.count(field); repetition += 1) {
    const name = writtenName(
      familyAt(segment, field, 1, repetition),
      textOf(segment, field, 2, undefined, repetition),
    )
    if (name === undefined) continue
    const type = textOf(segment, field, 7, undefined, repetition)
    const isCalled = type === undefined || !otherwise.has(type.toUpperCase())
    const script = textOf(segment, field, 8, undefined, repetition)
    if (isCalled && (script === 'I' || (script !== 'P' && isEastAsian(name)))) return name
    if (isCalled) called ??= name
    first ??= name
  }
  return called ?? first
}

/** A family name in one piece; when only its parts are given (own prefix, own, partner's), those. */
export const familyAt = (
  segment: Hl7Segment,
  field: number,
  component: number,
  repetition: number,
): string | undefined => {
  const whole = textOf(segment, field, component, 1, repetition)
  if (whole !== undefined) return whole
  const parts = [2, 3, 4, 5].map((part) => textOf(segment, field, component, part, repetition))
  return parts.filter((part) => part !== undefined).join(' ') || undefined
}
