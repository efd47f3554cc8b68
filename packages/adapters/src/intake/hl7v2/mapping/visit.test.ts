import { describe, expect, it } from 'vitest'
import { adt, chinese, eventOf, type Fields, line, said, visitOf } from '../samples.ts'

const visit = (pv1: Fields, profile?: typeof chinese, pid: Fields = {}, more: string[] = []) =>
  visitOf(eventOf(adt('A02', { pv1, pid, more }), profile))

describe('the number of a visit', () => {
  it('is PV1-19, else the account of PID-18', () => {
    expect(visit({ 19: 'V-1^^^HIS^VN' }, undefined, { 18: 'A-1' }).number).toBe('V-1')
    expect(visit({ 19: '' }, undefined, { 18: 'A-1^^^HIS' }).number).toBe('A-1')
    expect(visit({ 19: '0' }, undefined, { 18: 'A-1' }).number).toBe('A-1')
  })

  it('is derived from patient and admission time where a source has none, the same in every message', () => {
    const unnumbered = (trigger: string, at: string, pid = 'P-1') =>
      visitOf(eventOf(adt(trigger, { pid: { 3: pid }, pv1: { 19: '', 44: at } }))).number
    const number = unnumbered('A01', '20260301080000')
    expect(number).toMatch(/^derived-[0-9a-f]{32}$/)
    for (const trigger of ['A02', 'A03', 'A08', 'A11', 'A13']) {
      expect(unnumbered(trigger, '20260301080000')).toBe(number)
    }
    expect(unnumbered('A03', '20260301010000+0100')).toBe(number)
    expect(unnumbered('A01', '20260302080000')).not.toBe(number)
    expect(unnumbered('A01', '20260301080000', 'P-2')).not.toBe(number)
    expect(number).not.toContain('P-1')
  })

  it('is missed where not even the admission time is known', () => {
    expect(said(adt('A03', { pv1: { 19: '', 45: '20260301' } }))).toEqual([
      'hl7.no-visit-number PV1-19',
    ])
    expect(said('MSH|^~\\&|HIS|XZ|||20260301||ADT^A03|M-1\rPID|||P-1\r')).toEqual([
      'hl7.no-visit-number PV1-19',
    ])
  })
})

describe('a visit', () => {
  it.each([
    ['I', 'inpatient'],
    ['B', 'inpatient'],
    ['E', 'emergency'],
    ['O', 'outpatient'],
    ['R', 'outpatient'],
    ['i', 'inpatient'],
    ['住院', 'inpatient'],
    ['P', undefined],
    ['C', undefined],
    ['N', undefined],
    ['U', undefined],
    ['', undefined],
  ])('of class %j is %j', (code, kind) => {
    expect(visit({ 2: code }).class).toBe(kind)
  })

  it('is in the service of PV1-10, on the ward, in the room and bed of PV1-3', () => {
    expect(visit({ 3: '3E^324^01^XZ', 10: 'MED^Medicine' })).toMatchObject({
      department: { code: 'MED', name: 'Medicine' },
      ward: '3E',
      room: '324',
      bed: '01',
    })
    expect(visit({ 3: 'Renal&1.2.3&ISO^^Bed 03' })).toMatchObject({
      department: { code: 'Renal' },
      ward: 'Renal',
      bed: 'Bed 03',
    })
    expect(visit({ 3: 'A&E^1' }).ward).toBe('A&E')
    expect(visit({ 3: '' }).department).toBeUndefined()
  })

  it('of a Chinese system is in the department of PV1-3.4 and .5, or of code and name', () => {
    expect(visit({ 3: '9505^^12^4506^妇三科' }, chinese)).toMatchObject({
      department: { code: '4506', name: '妇三科' },
      ward: '9505',
      bed: '12',
    })
    expect(visit({ 3: '^^^0301&心内科' }, chinese).department).toEqual({
      code: '0301',
      name: '心内科',
    })
    expect(visit({ 3: '0301&心内科^^12' }, chinese)).toMatchObject({
      department: { code: '0301', name: '心内科' },
      ward: '心内科',
    })
    expect(visit({ 3: '9505', 10: '02' }, chinese).department).toEqual({ code: '02' })
    expect(visit({ 3: '^^^^妇三科' }, chinese).department).toEqual({
      code: '妇三科',
      name: '妇三科',
    })
  })

  it('names the attending doctor, by name alone where there is no number', () => {
    expect(visit({ 7: '851^Westlake^Robert^^^Dr' }).attending).toEqual({
      code: '851',
      name: 'Robert Westlake',
    })
    expect(visit({ 7: '~""~^Westlake^Robert' }).attending).toEqual({
      code: 'Robert Westlake',
      name: 'Robert Westlake',
    })
    expect(visit({ 7: '0545^朱晓' }).attending).toEqual({ code: '0545', name: '朱晓' })
    expect(visit({ 17: '003109' }).attending).toBeUndefined()
  })

  it('of a Chinese system has its doctor in PV1-17 where PV1-7 is empty', () => {
    expect(visit({ 17: '003109' }, chinese).attending).toEqual({ code: '003109' })
    expect(visit({ 7: '无', 17: '003109^冯' }, chinese).attending).toEqual({
      code: '003109',
      name: '冯',
    })
    expect(visit({ 7: '0545', 17: '003109' }, chinese).attending).toEqual({ code: '0545' })
  })

  it('knows when it began and ended, and where the patient went', () => {
    expect(visit({ 36: '01^Home', 44: '20260228', 45: '20260301101500+0900' })).toMatchObject({
      admittedAt: '2026-02-27T16:00:00.000Z',
      dischargedAt: '2026-03-01T01:15:00.000Z',
      disposition: '01',
    })
  })

  it.each(['19000101', '00010101000000', '9999-12-31 00:00:00', '0', '无', '""'])(
    'has not ended where PV1-45 is %j',
    (filler) => {
      expect(visit({ 45: filler }).dischargedAt).toBeUndefined()
    },
  )

  it.each([
    [44, '20260230'],
    [45, '2026030124'],
    [45, '202603'],
    [44, 'today'],
  ])('is refused when PV1-%i is %j, which is no real time', (field, value) => {
    expect(said(adt('A03', { pv1: { [field]: value } }))).toEqual([`hl7.bad-time PV1-${field}`])
  })

  it('lists its diagnoses in their order, by code, by text or both', () => {
    const more = [
      line('DG1', { 3: 'I63.9^脑梗死^ICD10' }),
      line('DG1', { 3: '^肺炎', 4: '肺炎' }),
      line('DG1', { 3: 'B45', 4: 'Cryptococcosis' }),
      line('DG1', { 6: '11', 16: '003109' }),
    ]
    expect(visit({}, undefined, {}, more).diagnoses).toEqual([
      { code: 'I63.9', name: '脑梗死' },
      { name: '肺炎' },
      { code: 'B45', name: 'Cryptococcosis' },
    ])
  })

  it('says nothing it does not know', () => {
    expect(visit({ 2: '' })).toEqual({ number: 'V-1' })
    expect(Object.keys(visit({ 2: '' }))).toEqual(['number'])
  })

  it('can be told without a PV1 segment when the account numbers it', () => {
    const text = 'MSH|^~\\&|HIS|XZ|||20260301||ADT^A03|M-1\rPID|||P-1|||||||||||||||A-1\r'
    expect(visitOf(eventOf(text))).toEqual({ number: 'A-1' })
  })
})
