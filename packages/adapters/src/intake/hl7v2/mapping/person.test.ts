import { describe, expect, it } from 'vitest'
import { adt, chinese, eventOf, type Fields, personOf, said } from '../samples.ts'

const person = (pid: Fields, profile?: typeof chinese) =>
  personOf(eventOf(adt('A31', { pid }), profile))

describe('the numbers of a person', () => {
  it('are all of PID-3 with type and authority, and empty typed ones are passed over', () => {
    const pid = {
      3: '^^^^IDCard~0000356202^^^^PatientNO~~""^^^^PI~V9^^^HIS&1.2.3&ISO^PI~V8^^^&1.2.3&ISO',
    }
    expect(person(pid).identifiers).toEqual([
      { value: '0000356202', type: 'PatientNO' },
      { value: 'V9', type: 'PI', authority: 'HIS' },
      { value: 'V8', authority: '1.2.3' },
    ])
  })

  it('come from PID-2 and PID-4 only where PID-3 has none', () => {
    expect(person({ 2: 'P-2', 3: 'P-3', 4: 'P-4' }).identifiers).toEqual([{ value: 'P-3' }])
    expect(person({ 2: 'P-2', 3: '^^^^MR', 4: 'P-4^^^^PT' }).identifiers).toEqual([
      { value: 'P-2' },
      { value: 'P-4', type: 'PT' },
    ])
  })

  it('include the national number of PID-19 once', () => {
    expect(person({ 19: '000-85-6542' }).identifiers[1]).toEqual({
      value: '000-85-6542',
      type: 'SS',
    })
    expect(person({ 19: '11010519491231002X' }, chinese).identifiers[1]).toEqual({
      value: '11010519491231002X',
      type: 'NI',
    })
    expect(person({ 3: 'P-1~123456789^^^^SS', 19: '123456789' }).identifiers.length).toBe(2)
    expect(person({ 3: '', 19: '123456789' }).identifiers).toEqual([
      { value: '123456789', type: 'SS' },
    ])
  })

  it('are never what is typed where none is known, which would make one person of many', () => {
    for (const filler of ['0', '000000', '无', '不详', '-', '""', ' ']) {
      expect(said(adt('A31', { pid: { 3: filler, 19: filler } }))).toEqual([
        'hl7.no-patient-id PID-3',
      ])
    }
    expect(person({ 19: '999-99-9999' }).identifiers.length).toBe(1)
    expect(person({ 19: '111111111' }).identifiers.length).toBe(1)
  })

  it('keep the types a Chinese system gives them', () => {
    const pid = {
      3: 'K1^^^^IDCard~H1^^^^PatientNO~11010519491231002X^^^^IdentifyNO~L1^^^^LocalID~U1',
    }
    expect(person(pid, chinese).identifiers.map(({ type }) => type)).toEqual([
      'IDCard',
      'PatientNO',
      'IdentifyNO',
      'LocalID',
      undefined,
    ])
  })
})

describe('the name of a person', () => {
  it.each([
    ['EVERYMAN^Adam^A^III^Dr.', 'Adam EVERYMAN'],
    ['van Beek&van&Beek&&Smit^Anna', 'Anna van Beek'],
    ['&van&Beek^Anna', 'Anna van Beek'],
    ['Everyman', 'Everyman'],
    ['^Adam', 'Adam'],
    ['王秀英', '王秀英'],
    ['王^秀英', '王秀英'],
    ['WANG XIUYING^王秀英', '王秀英'],
    ['王秀英^WANGXIUYING', '王秀英'],
    ['김^철수', '김철수'],
    ['YAMADA^TARO^^^^^L^A~山田^太郎^^^^^L^I~ヤマダ^タロウ^^^^^L^P', '山田太郎'],
    ['ヤマダ^タロウ^^^^^L^P~山田^太郎^^^^^L^I', '山田太郎'],
    ['ヤマダ^タロウ^^^^^L^P', 'ヤマダタロウ'],
    ['Miller^Eve^^^^^M~Everyman^Eve^^^^^D~Everyman^Eva^^^^^L', 'Eve Everyman'],
    ['Miller^Eve^^^^^M', 'Eve Miller'],
    ['~Everyman^Eve', 'Eve Everyman'],
    ['O\\T\\Neil^A\\.br\\B', 'A B O&Neil'],
    ['不详', undefined],
    ['""', undefined],
  ])('from %j is %j', (field, name) => {
    expect(person({ 5: field }).name).toBe(name)
  })
})

describe('the telephone numbers of a person', () => {
  it.each([
    ['2548526', ['2548526']],
    ['020 5368 1665^HOME', ['020 5368 1665']],
    ['(111)111-1111^^PH^^^111^1111111', ['(111)111-1111']],
    ['^PRN^PH^^86^010^58851234', ['+86 010 58851234']],
    ['^^^^^^13900000001', ['13900000001']],
    ['^^^^^^^^13900000002', ['13900000002']],
    ['^^^^^^^^^^^13900000003', ['13900000003']],
    ['13900000004^^PH^^^^13900000004~13900000005^^CP', ['13900000004', '13900000005']],
    ['^NET^Internet^adam2026@example.org', undefined],
    ['0000000', undefined],
    ['^^^13900000006', ['13900000006']],
    ['^^^^^^^^无', undefined],
    ['同上~0~""', undefined],
  ])('from %j are %j', (field, phones) => {
    expect(person({ 13: field }).phones).toEqual(phones)
  })

  it('are each there once, from home and work', () => {
    expect(person({ 13: '139-0000-0001', 14: '13900000001~010 5885 1234' }).phones).toEqual([
      '139-0000-0001',
      '010 5885 1234',
    ])
    expect(person({ 13: '58851234^^^^^010^58851234', 14: '1234' }).phones).toEqual([
      '58851234',
      '1234',
    ])
  })
})

describe('the address of a person', () => {
  it.each([
    ['123 Main St.^Apt 2^Lake Vista^FL^32830', '123 Main St., Apt 2, Lake Vista, FL 32830'],
    ['1000&Hospital Lane^^Ann Arbor^MI^99999^USA', '1000 Hospital Lane, Ann Arbor, MI 99999, USA'],
    ['无^^^^518000^O~广东省深圳市民治1号^^^^518000^^H', '广东省深圳市民治1号'],
    ['解放南路199号^3室^徐州市^江苏省^221000', '江苏省徐州市解放南路199号3室'],
    ['江苏省徐州市解放南路199号^^徐州市^江苏省', '江苏省徐州市解放南路199号'],
    ['^^^^^^RH~^^^^^^H', undefined],
  ])('from %j is %j', (field, address) => {
    expect(person({ 11: field }).address).toBe(address)
  })
})

describe('the birth, sex and death of a person', () => {
  it('are the day as written, without regard to zones', () => {
    expect(person({ 7: '198808182330-1100' }).birthDate).toBe('1988-08-18')
    expect(person({ 7: '19890118000000' }).birthDate).toBe('1989-01-18')
  })

  it.each([
    '1945',
    '194501',
    '19000101',
    '19000101000000',
    '0',
    '00000000',
    '无',
    '""',
    '0001-01-01',
  ])('has no birth date where PID-7 is %j', (field) => {
    expect(person({ 7: field }).birthDate).toBeUndefined()
  })

  it.each(['19451301', '19450230', 'unknown', '45'])(
    'takes a person without the birth date %j, which is none',
    (field) => {
      expect(said(adt('A31', { pid: { 7: field } }))).toEqual(['event person-updated'])
      expect(person({ 7: field }).birthDate).toBeUndefined()
    },
  )

  it.each([
    ['M', 'male'],
    ['f', 'female'],
    ['A', 'other'],
    ['U', 'unknown'],
    ['1', 'male'],
    ['女', 'female'],
    ['F^Female^HL70001', 'female'],
    ['X', undefined],
  ])('reads the sex %j as %j', (field, sex) => {
    expect(person({ 8: field }).sex).toBe(sex)
  })

  it('know when somebody died, or that they did, or that they did not', () => {
    expect(person({ 29: '20260214093000', 30: 'Y' }).died).toBe('2026-02-14T01:30:00.000Z')
    expect(person({ 30: 'Y' }).died).toBe(true)
    expect(person({ 30: 'N' }).died).toBe(false)
    expect(person({}).died).toBeUndefined()
  })

  it('do not take a deleted time of death for word that somebody lives', () => {
    expect(person({ 29: '""' }).died).toBeUndefined()
    expect(person({ 29: '""', 30: 'Y' }).died).toBe(true)
  })
})
