import type { Hl7Segment } from '../codec/message.ts'
import { isEastAsian } from './name.ts'
import { textOf } from './reading.ts'

/** More entries of one field than anybody will dial. */
const mostPhones = 50

/**
 * The telephone numbers of XTN fields, as written, each once: from the old single text (.1), the unformatted
 * number (.12), area and number (.6, .7), the free text (.9), and .4 where it holds digits and no address.
 */
export const phonesAt = (
  segment: Hl7Segment | undefined,
  fields: readonly number[],
): readonly string[] => {
  const phones: string[] = []
  for (const field of fields) {
    const count = Math.min(segment?.count(field) ?? 0, mostPhones)
    for (let repetition = 1; repetition <= count; repetition += 1) {
      const part = (component: number) => textOf(segment, field, component, undefined, repetition)
      for (const phone of [
        part(1),
        part(12),
        dialled(part(5), part(6), part(7)),
        part(9),
        part(4),
      ]) {
        if (phone !== undefined && isPhone(phone) && !isListed(phones, phone)) phones.push(phone)
      }
    }
  }
  return phones
}

const dialled = (
  country: string | undefined,
  area: string | undefined,
  local: string | undefined,
): string | undefined => {
  if (local === undefined) return undefined
  const abroad = country !== undefined && /^\d+$/.test(country) ? `+${country}` : undefined
  return [abroad, area, local].filter((part) => part !== undefined).join(' ')
}

const digitsOf = (phone: string) => phone.replace(/\D/g, '')

const isPhone = (phone: string): boolean => {
  const digits = digitsOf(phone)
  return digits.length >= 3 && !/^0+$/.test(digits) && !phone.includes('@')
}

/** The same number with and without its area code is one number. */
const isListed = (phones: readonly string[], phone: string): boolean => {
  const digits = digitsOf(phone)
  return phones.some((listed) => {
    const known = digitsOf(listed)
    const [short, long] = digits.length < known.length ? [digits, known] : [known, digits]
    return short === long || (short.length >= 7 && long.endsWith(short))
  })
}

/** The first valued address of an XAD field in one line: street first in Latin script, province first in Chinese. */
export const addressAt = (segment: Hl7Segment | undefined, field: number): string | undefined => {
  const count = segment?.count(field) ?? 0
  for (let repetition = 1; repetition <= count; repetition += 1) {
    const part = (component: number) => textOf(segment, field, component, undefined, repetition)
    const street = streetAt(segment, field, repetition)
    const [other, city, state, code, country] = [part(2), part(3), part(4), part(5), part(6)]
    const known = [street, other, city, state].filter((text) => text !== undefined)
    if (known.length === 0) continue
    return known.some(isEastAsian)
      ? largestFirst([state, city, street, other])
      : [street, other, city, [state, code].filter((text) => text !== undefined).join(' '), country]
          .filter((text) => text !== undefined && text !== '')
          .join(', ')
  }
  return undefined
}

/** The administrative code of an XAD field where its county (.9) is one after GB/T 2260, cut to the county. */
export const areaAt = (segment: Hl7Segment | undefined, field: number): string | undefined => {
  const count = segment?.count(field) ?? 0
  for (let repetition = 1; repetition <= count; repetition += 1) {
    const code = textOf(segment, field, 9, undefined, repetition)
    // A province begins with 1 to 8; longer codes go on to the village.
    if (code !== undefined && /^[1-8]\d{5}(\d{3}|\d{6})?$/.test(code)) return code.slice(0, 6)
  }
  return undefined
}

/** 1000&Hospital Lane: number and street may stand as subcomponents. */
const streetAt = (segment: Hl7Segment | undefined, field: number, repetition: number) => {
  const parts = [1, 2, 3].map((part) => textOf(segment, field, 1, part, repetition))
  return parts.filter((part) => part !== undefined).join(' ') || undefined
}

/** A street line often repeats its province and city. */
const largestFirst = (parts: readonly (string | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined)
    .filter((part, place, all) => !all.slice(place + 1).some((later) => later.includes(part)))
    .join('')
