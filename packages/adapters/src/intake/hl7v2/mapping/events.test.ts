import { describe, expect, it } from 'vitest'
import { adt, eventOf, line, outcomesOf, said, visitOf } from '../samples.ts'

describe('an ADT message', () => {
  it.each([
    ['A01', 'admitted'],
    ['A02', 'transferred'],
    ['A03', 'discharged'],
    ['A04', 'registered'],
    ['A08', 'visit-updated'],
    ['A11', 'admission-cancelled'],
    ['A13', 'discharge-cancelled'],
    ['A31', 'person-updated'],
  ])('%s says %s', (trigger, type) => {
    expect(eventOf(adt(trigger)).type).toBe(type)
  })

  it('may be named in small letters', () => {
    expect(eventOf(adt('A03', { msh: { 9: 'adt^a03' } })).type).toBe('discharged')
  })

  it('means what MSH-9 says, whatever EVN-1 says', () => {
    expect(eventOf(adt('A11', { evn: { 1: 'A01' } })).type).toBe('admission-cancelled')
  })

  it('A08 that knows the discharge time is the discharge', () => {
    const event = eventOf(adt('A08', { pv1: { 45: '20260301101500' } }))
    expect(event).toMatchObject({ type: 'discharged', occurredAt: '2026-03-01T02:15:00.000Z' })
    expect(visitOf(event).dischargedAt).toBe('2026-03-01T02:15:00.000Z')
  })

  it.each(['""', '0', '00010101'])('A08 whose discharge time is %j is an update', (filler) => {
    expect(eventOf(adt('A08', { pv1: { 45: filler } })).type).toBe('visit-updated')
  })

  it('of another trigger, and any other message, is ignored with its type', () => {
    expect(said(adt('A05'))).toEqual(['ignored ADT^A05'])
    expect(said(adt('ZP1'))).toEqual(['ignored ADT^ZP1'])
    expect(said(adt('A01', { msh: { 9: 'ORU^R01^ORU_R01' } }))).toEqual(['ignored ORU^R01'])
    expect(said(adt('A01', { msh: { 9: 'ACK', 10: '' } }))).toEqual(['ignored ACK'])
    expect(said(adt('constructor'))).toEqual(['ignored ADT^CONSTRUCTOR'])
  })
})

describe('when it happened', () => {
  const times = { 2: '20260301020000', 6: '20260301060000' }
  const stays = { 44: '20260301044000', 45: '20260301045000' }
  const at = (trigger: string, evn = {}, pv1 = {}) =>
    eventOf(adt(trigger, { evn, pv1 })).occurredAt.slice(11, 16)

  it.each([
    ['A01', '20:40'],
    ['A04', '20:40'],
    ['A03', '20:50'],
    ['A02', '22:00'],
    ['A11', '22:00'],
    ['A13', '22:00'],
  ])('is, for %s, its own time of all that are given: %s', (trigger, time) => {
    expect(at(trigger, times, stays)).toBe(time)
  })

  it('is EVN-6, else when it was recorded, else when it was sent', () => {
    for (const trigger of ['A01', 'A03', 'A08', 'A31']) {
      expect(at(trigger, times)).toBe('22:00')
      expect(at(trigger, { 2: times[2], 6: '""' })).toBe('18:00')
      expect(at(trigger, { 2: '' })).toBe('00:00')
    }
  })

  it('is refused where no field says it', () => {
    expect(said(adt('A31', { msh: { 7: '' }, evn: { 2: '' } }))).toEqual(['hl7.no-time EVN-2'])
    expect(said(adt('A03', { msh: { 7: '0' }, evn: { 2: '19000101' } }))).toEqual([
      'hl7.no-time EVN-2',
    ])
  })

  it('is refused where the field that decides is no real time, even if a later one is', () => {
    expect(said(adt('A13', { evn: { 6: '20260231' } }))).toEqual(['hl7.bad-time EVN-6'])
    expect(said(adt('A31', { evn: { 2: '2026-13-01' } }))).toEqual(['hl7.bad-time EVN-2'])
    expect(said(adt('A31', { evn: { 2: '' }, msh: { 7: 'now' } }))).toEqual(['hl7.bad-time MSH-7'])
    expect(said(adt('A03', { pv1: { 45: '20260231' } }))).toEqual(['hl7.bad-time PV1-45'])
  })

  it('is told beside when it was recorded, for the later of two words to stand', () => {
    const sample = adt('A03', { evn: { 2: '20260301101500' }, pv1: { 45: '20260301101000' } })
    const { occurredAt, recordedAt } = eventOf(sample)
    expect([occurredAt, recordedAt]).toEqual([
      '2026-03-01T02:10:00.000Z',
      '2026-03-01T02:15:00.000Z',
    ])
    const rubbish = { evn: { 2: 'rubbish' }, pv1: { 45: '20260301101000' } }
    expect(eventOf(adt('A03', rubbish))).not.toHaveProperty('recordedAt')
  })

  it('does not ask a field that does not decide', () => {
    expect(at('A03', { 2: 'rubbish', 6: 'rubbish' }, stays)).toBe('20:50')
  })
})

describe('what a message needs', () => {
  it.each([
    ['a type', { msh: { 9: '' } }, 'hl7.no-type MSH-9'],
    ['a trigger', { msh: { 9: 'ADT' } }, 'hl7.no-type MSH-9'],
    ['a control id', { msh: { 10: '' } }, 'hl7.no-control-id MSH-10'],
    ['a patient number', { pid: { 3: '' } }, 'hl7.no-patient-id PID-3'],
    ['a visit number', { pv1: { 19: '' } }, 'hl7.no-visit-number PV1-19'],
  ])('is %s', (_, sample, refusal) => {
    expect(said(adt('A01', sample))).toEqual([refusal])
  })
})

describe('a merge', () => {
  const merge = (trigger: string, mrg: string[], pid = {}) =>
    adt(trigger, { pid, more: mrg.map((numbers) => line('MRG', { 1: numbers })) })

  it.each(['A40', 'A34', 'A18', 'A36', 'A39'])('by %s keeps PID-3 and retires MRG-1', (trigger) => {
    expect(eventOf(merge(trigger, ['P-9^^^HIS^MR']))).toEqual(
      expect.objectContaining({
        type: 'merged',
        occurredAt: '2026-03-01T00:05:00.000Z',
        survivor: { identifiers: [{ value: 'P-1', type: 'MR', authority: 'HIS' }] },
        retired: [{ value: 'P-9', type: 'MR', authority: 'HIS' }],
      }),
    )
  })

  it('retires the numbers of all its MRG segments', () => {
    expect(eventOf(merge('A18', ['P-8~P-9^^^^MR', 'P-7']))).toMatchObject({
      retired: [{ value: 'P-8' }, { value: 'P-9', type: 'MR' }, { value: 'P-7' }],
    })
  })

  it('does not retire a number that the survivor has too', () => {
    const both = merge('A40', ['P-9^^^HIS^MR~N-1^^^NHS^NH'], { 3: 'P-1^^^HIS^MR~N-1^^^NHS^NH' })
    expect(eventOf(both)).toMatchObject({ retired: [{ value: 'P-9' }] })
    expect(said(merge('A40', ['P-1^^^HIS^MR']))).toEqual(['hl7.merged-into-itself MRG-1'])
    expect(said(merge('A40', ['P-1']))).toEqual(['hl7.merged-into-itself MRG-1'])
    for (const other of ['P-1^^^OTHER^MR', 'P-1^^^HIS^PI']) {
      expect(eventOf(merge('A40', [other]))).toMatchObject({ retired: [{ value: 'P-1' }] })
    }
  })

  it('reads the number from MRG-4 where older versions put it', () => {
    const text = adt('A34', { more: [line('MRG', { 4: 'P-9' })] })
    expect(eventOf(text)).toMatchObject({ retired: [{ value: 'P-9' }] })
  })

  it('of several pairs gives an event for each, with keys of their own', () => {
    const more = [line('MRG', { 1: 'P-9' }), line('PID', { 3: 'P-2' }), line('MRG', { 1: 'P-8' })]
    const events = outcomesOf(adt('A40', { more })).flatMap((one) =>
      one.kind === 'event' && one.event.type === 'merged' ? [one.event] : [],
    )
    expect(events.map(({ key }) => key)).toEqual(['M-1', 'M-1#2'])
    expect(events.map(({ retired }) => retired)).toEqual([[{ value: 'P-9' }], [{ value: 'P-8' }]])
    expect(events[0]?.hash).toBe(events[1]?.hash)
  })

  it('is refused without a surviving or a retired number, wholly', () => {
    expect(said(merge('A40', []))).toEqual(['hl7.no-retired-id MRG-1'])
    expect(said(merge('A40', ['^^^^MR']))).toEqual(['hl7.no-retired-id MRG-1'])
    expect(said(merge('A40', ['P-9'], { 3: '' }))).toEqual(['hl7.no-patient-id PID-3'])
    expect(said('MSH|^~\\&|HIS|XZ|||20260301||ADT^A40|M-1\rMRG|P-9\r')).toEqual([
      'hl7.no-patient-id PID-3',
    ])
    const half = adt('A40', { more: [line('MRG', { 1: 'P-9' }), line('PID', { 3: 'P-2' })] })
    expect(said(half)).toEqual(['hl7.no-retired-id MRG-1'])
  })
})
