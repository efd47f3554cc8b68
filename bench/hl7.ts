import { deepStrictEqual } from 'node:assert/strict'
import { parseMessage } from '@hospital-crm/adapters/intake/hl7v2'
import { Hl7Message } from '@medplum/core'
import type { Bench } from './measure.ts'

/** What an intake reads of a discharge: segment, field, component. */
const places = [
  ['MSH', 3, 1],
  ['MSH', 4, 1],
  ['MSH', 7, 1],
  ['MSH', 9, 1],
  ['MSH', 9, 2],
  ['MSH', 10, 1],
  ['EVN', 2, 1],
  ['PID', 3, 1],
  ['PID', 3, 4],
  ['PID', 3, 5],
  ['PID', 5, 1],
  ['PID', 7, 1],
  ['PID', 8, 1],
  ['PID', 11, 1],
  ['PID', 13, 1],
  ['PV1', 2, 1],
  ['PV1', 3, 1],
  ['PV1', 3, 2],
  ['PV1', 3, 3],
  ['PV1', 7, 1],
  ['PV1', 7, 2],
  ['PV1', 10, 1],
  ['PV1', 19, 1],
  ['PV1', 36, 1],
  ['PV1', 44, 1],
  ['PV1', 45, 1],
  ['DG1', 3, 1],
  ['DG1', 3, 2],
] as const

const digits = (value: number, length: number) => String(value).padStart(length, '0')

const rows = (count: number, row: (nth: number) => string) =>
  Array.from({ length: count }, (_, nth) => row(nth))

/** An invented patient's discharge, with so many diagnoses and results behind it. */
const messageOf = (nth: number, diagnoses: number, results: number): string => {
  const at = `20260301${digits(nth % 24, 2)}0500`
  const number = digits(nth, 6)
  const numbers = `P${number}^^^BENCH^MR~9${number}^^^BENCH^PI`
  const born = `1950${digits((nth % 12) + 1, 2)}01`
  const home = `幸福路${nth}号^^某市^某省`
  const phone = `1540000${digits(nth % 10_000, 4)}^PRN^CP`
  const doctor = `D${nth % 30}^医生${nth % 30}`
  const discharged = `1||||||||20260220080000|${at}`
  return [
    `MSH|^~\\&|HIS|BENCH|CRM|BENCH|${at}||ADT^A03|M${number}|P|2.4`,
    `EVN|A03|${at}`,
    `PID|1||${numbers}||王某${nth}||${born}|${nth % 2 ? 'M' : 'F'}|||${home}||${phone}`,
    `PV1|1|I|W${nth % 20}^R${nth % 9}^${nth % 40}||||${doctor}|||N${nth % 12}^某科|||||||||V${number}^^^BENCH^VN|||||||||||||||||${discharged}`,
    ...rows(diagnoses, (of) => `DG1|${of + 1}||I63.${of % 10}^诊断${of}^ICD-10|||F`),
    ...rows(
      results,
      (of) => `OBX|${of + 1}|NM|T${of}^项目${of}^L||${nth}.${of}|10^9/L|3.5-9.5|N|||F|||20260228`,
    ),
  ].join('\r')
}

const sizes = [
  ['short', 1, 0],
  ['usual', 6, 12],
  ['long', 20, 250],
] as const

/** One value of each place; a segment is looked up once for all its places. */
const ours = (text: string) => {
  const message = parseMessage(text)
  let segment = message?.header
  return places.map(([name, field, component]) => {
    if (segment?.name !== name) segment = message?.segment(name)
    return segment?.value(field, component) ?? ''
  })
}

const theirs = (text: string) => {
  const message = Hl7Message.parse(text)
  let segment = message.getSegment('MSH')
  return places.map(([name, field, component]) => {
    if (segment?.name !== name) segment = message.getSegment(name)
    return segment?.getComponent(field, component) ?? ''
  })
}

const firstFields = Array.from({ length: 14 }, (_, place) => place + 1)

/** The first fields of all segments, where it saves nothing to split late. */
const allOurs = (text: string) =>
  parseMessage(text)
    ?.segments()
    .flatMap((segment) => firstFields.map((field) => segment.value(field) ?? ''))

const allTheirs = (text: string) =>
  Hl7Message.parse(text).segments.flatMap((segment) =>
    firstFields.map((field) => segment.getComponent(field, 1)),
  )

/** HL7 messages of three sizes from text to the values an intake reads. */
export const hl7: Bench = async ({ measure }) => {
  const count = 20
  const yardstick = 'Hl7Message of @medplum/core'
  const pair = { yardstick, tells: 'speed', time: 'processor', count, unit: 'messages' } as const
  const sides = <Read>(
    texts: readonly string[],
    mine: (text: string) => Read,
    other: (text: string) => Read,
  ) => ({
    check: () => deepStrictEqual(texts.map(mine), texts.map(other)),
    ours: () => texts.map(mine),
    theirs: () => texts.map(other),
  })
  for (const [size, diagnoses, results] of sizes) {
    const texts = rows(count, (nth) => messageOf(nth, diagnoses, results))
    const bytes = Math.round(Buffer.byteLength(texts.join('')) / count).toLocaleString('en')
    const name = `${size} message, ${bytes} bytes, ${places.length} values`
    await measure({ ...pair, name, goal: 1.5, ...sides(texts, ours, theirs) })
    if (size !== 'usual') continue
    const all = `the same, ${firstFields.length} fields of every segment`
    await measure({ ...pair, name: all, ...sides(texts, allOurs, allTheirs) })
  }
}
