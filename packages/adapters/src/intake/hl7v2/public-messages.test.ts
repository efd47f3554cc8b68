import { describe, expect, it } from 'vitest'
import type { Hl7Message, Hl7Segment } from './codec/message.ts'
import { parseHl7, readHl7 } from './index.ts'
import { bytesOf, files, isHere, meanings, profile, read } from './public-samples.ts'
import { personOf, saidBy, visitOf } from './samples.ts'

const single = files.filter(({ expected }) => expected)

/** Everything index.json says of one message, from the codec alone. */
const described = (message: Hl7Message) => {
  const first = (name: string) => message.segment(name)
  const at = (segment: Hl7Segment | undefined, field: number, component = 1, part?: number) =>
    segment?.value(field, component, part) ?? null
  const repeated = <Entry>(
    segment: Hl7Segment | undefined,
    field: number,
    entry: (n: number) => Entry,
  ) => Array.from({ length: segment?.count(field) ?? 0 }, (_, place) => entry(place + 1))
  const [evn, pid, pv1, sch] = ['EVN', 'PID', 'PV1', 'SCH'].map(first)
  const part = (segment: Hl7Segment | undefined, field: number, component: number, n: number) =>
    segment?.value(field, component, undefined, n) ?? null
  const location = { unit: at(pv1, 3), room: at(pv1, 3, 2), bed: at(pv1, 3, 3) }
  return {
    type: at(message.header, 9),
    event: at(message.header, 9, 2),
    structure: at(message.header, 9, 3),
    control_id: at(message.header, 10),
    version: at(message.header, 12),
    msh18: at(message.header, 18),
    sent: at(message.header, 7),
    evn1: at(evn, 1),
    evn2: at(evn, 2),
    evn6: at(evn, 6),
    pid3: repeated(pid, 3, (n) => ({
      id: part(pid, 3, 1, n),
      auth: part(pid, 3, 4, n),
      type: part(pid, 3, 5, n),
    })),
    pid2: at(pid, 2),
    family: at(pid, 5, 1, 1),
    given: at(pid, 5, 2),
    name_repeats: pid?.count(5) ?? 0,
    dob: at(pid, 7),
    sex: at(pid, 8),
    account: at(pid, 18),
    phones: [at(pid, 13), at(pid, 13, 12)].filter((phone) => phone !== null),
    mrg1: repeated(first('MRG'), 1, (n) => part(first('MRG'), 1, 1, n)),
    pid_count: message.segments('PID').length,
    patient_class: at(pv1, 2),
    location: Object.values(location).some((value) => value !== null) ? location : null,
    attending: repeated(pv1, 7, (n) => ({
      id: part(pv1, 7, 1, n),
      family: part(pv1, 7, 2, n),
      given: part(pv1, 7, 3, n),
    })).filter(({ id }) => id !== null),
    visit_no: at(pv1, 19),
    disposition: at(pv1, 36),
    admit: at(pv1, 44),
    discharge: at(pv1, 45),
    dx: message.segments('DG1').map((dg1) => ({ code: at(dg1, 3), text: at(dg1, 3, 2) })),
    sch: sch
      ? {
          placer: at(sch, 1),
          filler: at(sch, 2),
          start: at(sch, 11, 4),
          end: at(sch, 11, 5),
          status: at(sch, 25),
        }
      : null,
    ft1: message.segments('FT1').map((ft1) => ({
      date: at(ft1, 4),
      type: at(ft1, 6),
      code: at(ft1, 7),
      qty: at(ft1, 10),
      amount: at(ft1, 11),
    })),
    segments: message.segments().map(({ name }) => name),
  }
}

/** The instant of a time in the index, by Date alone; the profile's zone is on daylight time for the plain ones. */
const instant = (text: string | null) => {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.?(\d+))?([+-]\d\d)?(\d\d)?$/.exec(
    text ?? '',
  )
  if (!parts) return undefined
  const [, y, mo, d, h, mi, s, fraction = '0', zone = '-04', minutes = '00'] = parts
  return new Date(
    `${y}-${mo}-${d}T${h}:${mi}:${s}.${fraction.padEnd(3, '0')}${zone}:${minutes}`,
  ).toISOString()
}

describe.runIf(isHere)('a public DFT^P03', () => {
  const dft = 'msfc-dft-p03-01.hl7'
  const text = isHere ? new TextDecoder().decode(bytesOf(dft)) : ''
  const read = (message: string) => [
    ...readHl7(new TextEncoder().encode(message), {
      ...profile,
      charges: {
        currency: 'USD',
        category: { field: 'FT1-7', codes: {}, otherwise: 'other' },
        payer: { always: 'commercial-insurance' },
      },
    }),
  ]

  it('that does not number all its lines is refused, and posts what the index says once it does', () => {
    expect(read(text).map(saidBy)).toEqual(['hl7.no-charge FT1-2'])
    const [outcome] = read(text.replace('FT1|2||', 'FT1|2|12346|'))
    const told = outcome?.kind === 'event' ? outcome.event : undefined
    const charges = told?.type === 'charges-posted' ? told.charges : []
    const [said] = single.find(({ file }) => file === dft)?.expected ?? []
    expect(charges.map(({ occurredOn, amount, pieces }) => [occurredOn, amount, pieces])).toEqual(
      said?.ft1.map(({ date, qty, amount }) => [
        date?.replace(/(....)(..)(..)/, '$1-$2-$3'),
        Number.parseInt(amount ?? '', 10) * 100,
        Number(qty),
      ]),
    )
    expect(charges.map(({ id }) => id)).toEqual(['12345', '12346'])
  })
})

describe.runIf(isHere)('each public SIU', () => {
  const siu = single.filter(({ file }) => file.includes('-siu-'))

  it.each(siu)('$file tells of the appointment that the index has', ({ file, expected }) => {
    const appointments = { schedule: { field: 'AIS-3' } }
    const [outcome] = [...readHl7(bytesOf(file), { zone: 'Africa/Cairo', appointments })]
    const [said] = expected ?? []
    const event = outcome?.kind === 'event' ? outcome.event : undefined
    expect(event?.type).toBe(`appointment-${said?.sch?.status?.toLowerCase()}`)
    expect(event).toHaveProperty('appointment', {
      ...{ number: said?.sch?.filler, ours: said?.sch?.placer, schedule: '76164006' },
      // 09:30 at +02:15 is 07:15 in UTC, and 09:15 in Cairo that winter.
      ...{ day: '2021-09-24', at: '09:15', channel: 'his', reason: 'Add' },
    })
  })
})

describe.runIf(isHere)('each single public message', () => {
  it.each(single)('$file is described by the codec as by the index', ({ file, expected }) => {
    const [outcome, ...others] = read(file)
    expect(others).toEqual([])
    const message = outcome && parseHl7(outcome.raw, profile)
    expect([message && described(message)]).toEqual(expected)
  })

  it.each(single)('$file is mapped to what the index says of it', ({ file, expected }) => {
    const [said] = expected ?? []
    const [outcome] = read(file)
    if (!said || !outcome) throw new Error('nothing to compare')
    if (file === 'lfh-a34-23.hl7') {
      expect(saidBy(outcome)).toBe('hl7.no-control-id MSH-10')
      return
    }
    if (said.type !== 'ADT') {
      expect(saidBy(outcome)).toBe(`ignored ${said.type}^${said.event}`)
      return
    }
    if (outcome.kind !== 'event') throw new Error(saidBy(outcome))
    const { event } = outcome
    const isDischarge = said.event === 'A08' && said.discharge !== null
    expect(event.type).toBe(isDischarge ? 'discharged' : meanings[said.event])
    expect(event.key).toBe(said.control_id)
    const person = event.type === 'merged' ? event.survivor : personOf(event)
    expect(person.identifiers.slice(0, said.pid3.length)).toEqual(
      said.pid3.map(({ id, auth, type }) => ({
        value: id,
        ...(type && { type }),
        ...(auth && { authority: auth.split('&')[0] }),
      })),
    )
    expect(person.name).toBe(said.family ? `${said.given} ${said.family}` : undefined)
    expect(person.birthDate?.replaceAll('-', '')).toBe(said.dob?.slice(0, 8))
    expect(person.sex).toBe(said.sex ? { M: 'male', F: 'female' }[said.sex] : undefined)
    expect(person.phones ?? []).toEqual(expect.arrayContaining([...said.phones]))
    if (event.type === 'merged') {
      expect(event.retired.map(({ value }) => value)).toEqual(said.mrg1)
      expect(event.occurredAt).toBe(instant(said.evn2))
      return
    }
    if (event.type === 'person-updated') return
    const visit = visitOf(event)
    expect(visit.number).toBe(said.visit_no ?? said.account)
    expect(visit.admittedAt).toBe(instant(said.admit))
    expect(visit.dischargedAt).toBe(instant(said.discharge))
    const own = { admitted: said.admit, registered: said.admit, discharged: said.discharge }
    const stated = event.type in own ? own[event.type as keyof typeof own] : null
    expect(event.occurredAt).toBe(instant(stated ?? said.evn6 ?? said.evn2 ?? said.sent))
    expect(visit.disposition).toBe(said.disposition ?? undefined)
    expect(visit.ward).toBe(said.location?.unit?.split('&')[0])
    expect(visit.room).toBe(said.location?.room ?? undefined)
    expect(visit.bed).toBe(said.location?.bed ?? undefined)
    const [doctor] = said.attending
    expect(visit.attending).toEqual(
      doctor && { code: doctor.id, name: `${doctor.given} ${doctor.family}` },
    )
    expect(visit.diagnoses ?? []).toEqual(
      said.dx.map(({ code, text }) => ({ ...(code && { code }), ...(text && { name: text }) })),
    )
  })
})
