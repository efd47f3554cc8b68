import type { Discharge } from './discharges.ts'
import type { Decision, TableSet } from './ours.ts'

const from = (value: number) => ({ op: 'ge', value }) as const
const below = (value: number) => ({ op: 'lt', value }) as const

/** The plan of a discharge by ward, age, risk and living alone: fifty rows, the first that holds. */
export const carePlan: TableSet<number> = {
  kind: 'table',
  id: 'care-plan',
  version: '1',
  validFrom: '2026-01-01',
  hit: 'first',
  inputs: ['ward', 'age', 'risk', 'livesAlone'],
  rows: [
    { id: 'medicine-intensive', when: ['medicine', from(65), from(70), null], outcome: 0 },
    { id: 'medicine-home', when: ['medicine', from(60), null, true], outcome: 1 },
    { id: 'medicine-close', when: ['medicine', null, from(60), true], outcome: 2 },
    { id: 'medicine-light', when: ['medicine', below(40), below(30), null], outcome: 3 },
    { id: 'medicine-standard', when: ['medicine', null, below(65), null], outcome: 4 },
    { id: 'surgery-intensive', when: ['surgery', from(70), from(69), null], outcome: 5 },
    { id: 'surgery-home', when: ['surgery', from(65), null, true], outcome: 6 },
    { id: 'surgery-close', when: ['surgery', null, from(61), true], outcome: 7 },
    { id: 'surgery-light', when: ['surgery', below(41), below(30), null], outcome: 8 },
    { id: 'surgery-standard', when: ['surgery', null, below(66), null], outcome: 9 },
    { id: 'orthopaedics-intensive', when: ['orthopaedics', from(75), from(68), null], outcome: 10 },
    { id: 'orthopaedics-home', when: ['orthopaedics', from(70), null, true], outcome: 11 },
    { id: 'orthopaedics-close', when: ['orthopaedics', null, from(62), true], outcome: 12 },
    { id: 'orthopaedics-light', when: ['orthopaedics', below(42), below(30), null], outcome: 13 },
    { id: 'orthopaedics-standard', when: ['orthopaedics', null, below(67), null], outcome: 14 },
    { id: 'maternity-intensive', when: ['maternity', from(65), from(67), null], outcome: 15 },
    { id: 'maternity-home', when: ['maternity', from(75), null, true], outcome: 16 },
    { id: 'maternity-close', when: ['maternity', null, from(63), true], outcome: 17 },
    { id: 'maternity-light', when: ['maternity', below(43), below(30), null], outcome: 18 },
    { id: 'maternity-standard', when: ['maternity', null, below(68), null], outcome: 19 },
    { id: 'paediatrics-intensive', when: ['paediatrics', from(70), from(66), null], outcome: 20 },
    { id: 'paediatrics-home', when: ['paediatrics', from(60), null, true], outcome: 21 },
    { id: 'paediatrics-close', when: ['paediatrics', null, from(64), true], outcome: 22 },
    { id: 'paediatrics-light', when: ['paediatrics', below(44), below(30), null], outcome: 23 },
    { id: 'paediatrics-standard', when: ['paediatrics', null, below(69), null], outcome: 24 },
    { id: 'cardiology-intensive', when: ['cardiology', from(75), from(65), null], outcome: 25 },
    { id: 'cardiology-home', when: ['cardiology', from(65), null, true], outcome: 26 },
    { id: 'cardiology-close', when: ['cardiology', null, from(65), true], outcome: 27 },
    { id: 'cardiology-light', when: ['cardiology', below(45), below(30), null], outcome: 28 },
    { id: 'cardiology-standard', when: ['cardiology', null, below(70), null], outcome: 29 },
    { id: 'neurology-intensive', when: ['neurology', from(65), from(64), null], outcome: 30 },
    { id: 'neurology-home', when: ['neurology', from(70), null, true], outcome: 31 },
    { id: 'neurology-close', when: ['neurology', null, from(66), true], outcome: 32 },
    { id: 'neurology-light', when: ['neurology', below(46), below(30), null], outcome: 33 },
    { id: 'neurology-standard', when: ['neurology', null, below(71), null], outcome: 34 },
    { id: 'oncology-intensive', when: ['oncology', from(70), from(63), null], outcome: 35 },
    { id: 'oncology-home', when: ['oncology', from(75), null, true], outcome: 36 },
    { id: 'oncology-close', when: ['oncology', null, from(67), true], outcome: 37 },
    { id: 'oncology-light', when: ['oncology', below(47), below(30), null], outcome: 38 },
    { id: 'oncology-standard', when: ['oncology', null, below(72), null], outcome: 39 },
    { id: 'icu-intensive', when: ['icu', from(75), from(62), null], outcome: 40 },
    { id: 'icu-home', when: ['icu', from(60), null, true], outcome: 41 },
    { id: 'icu-close', when: ['icu', null, from(68), true], outcome: 42 },
    { id: 'icu-light', when: ['icu', below(48), below(30), null], outcome: 43 },
    { id: 'icu-standard', when: ['icu', null, below(73), null], outcome: 44 },
    {
      id: 'rehabilitation-intensive',
      when: ['rehabilitation', from(65), from(61), null],
      outcome: 45,
    },
    { id: 'rehabilitation-home', when: ['rehabilitation', from(65), null, true], outcome: 46 },
    { id: 'rehabilitation-close', when: ['rehabilitation', null, from(69), true], outcome: 47 },
    {
      id: 'rehabilitation-light',
      when: ['rehabilitation', below(49), below(30), null],
      outcome: 48,
    },
    { id: 'rehabilitation-standard', when: ['rehabilitation', null, below(74), null], outcome: 49 },
  ],
  otherwise: 50,
}

type Answer = Pick<Decision<number>, 'outcome' | 'ruleId'>

const answer = (place: number): Answer => ({
  outcome: place,
  ruleId: carePlan.rows[place]?.id ?? null,
})

const p0 = answer(0)
const p1 = answer(1)
const p2 = answer(2)
const p3 = answer(3)
const p4 = answer(4)
const p5 = answer(5)
const p6 = answer(6)
const p7 = answer(7)
const p8 = answer(8)
const p9 = answer(9)
const p10 = answer(10)
const p11 = answer(11)
const p12 = answer(12)
const p13 = answer(13)
const p14 = answer(14)
const p15 = answer(15)
const p16 = answer(16)
const p17 = answer(17)
const p18 = answer(18)
const p19 = answer(19)
const p20 = answer(20)
const p21 = answer(21)
const p22 = answer(22)
const p23 = answer(23)
const p24 = answer(24)
const p25 = answer(25)
const p26 = answer(26)
const p27 = answer(27)
const p28 = answer(28)
const p29 = answer(29)
const p30 = answer(30)
const p31 = answer(31)
const p32 = answer(32)
const p33 = answer(33)
const p34 = answer(34)
const p35 = answer(35)
const p36 = answer(36)
const p37 = answer(37)
const p38 = answer(38)
const p39 = answer(39)
const p40 = answer(40)
const p41 = answer(41)
const p42 = answer(42)
const p43 = answer(43)
const p44 = answer(44)
const p45 = answer(45)
const p46 = answer(46)
const p47 = answer(47)
const p48 = answer(48)
const p49 = answer(49)
const p50 = answer(50)

/** The same table as one writes it down. */
export const carePlanByHand = (one: Discharge): Answer => {
  if (one.ward === 'medicine' && one.age >= 65 && one.risk >= 70) return p0
  if (one.ward === 'medicine' && one.age >= 60 && one.livesAlone) return p1
  if (one.ward === 'medicine' && one.risk >= 60 && one.livesAlone) return p2
  if (one.ward === 'medicine' && one.age < 40 && one.risk < 30) return p3
  if (one.ward === 'medicine' && one.risk < 65) return p4
  if (one.ward === 'surgery' && one.age >= 70 && one.risk >= 69) return p5
  if (one.ward === 'surgery' && one.age >= 65 && one.livesAlone) return p6
  if (one.ward === 'surgery' && one.risk >= 61 && one.livesAlone) return p7
  if (one.ward === 'surgery' && one.age < 41 && one.risk < 30) return p8
  if (one.ward === 'surgery' && one.risk < 66) return p9
  if (one.ward === 'orthopaedics' && one.age >= 75 && one.risk >= 68) return p10
  if (one.ward === 'orthopaedics' && one.age >= 70 && one.livesAlone) return p11
  if (one.ward === 'orthopaedics' && one.risk >= 62 && one.livesAlone) return p12
  if (one.ward === 'orthopaedics' && one.age < 42 && one.risk < 30) return p13
  if (one.ward === 'orthopaedics' && one.risk < 67) return p14
  if (one.ward === 'maternity' && one.age >= 65 && one.risk >= 67) return p15
  if (one.ward === 'maternity' && one.age >= 75 && one.livesAlone) return p16
  if (one.ward === 'maternity' && one.risk >= 63 && one.livesAlone) return p17
  if (one.ward === 'maternity' && one.age < 43 && one.risk < 30) return p18
  if (one.ward === 'maternity' && one.risk < 68) return p19
  if (one.ward === 'paediatrics' && one.age >= 70 && one.risk >= 66) return p20
  if (one.ward === 'paediatrics' && one.age >= 60 && one.livesAlone) return p21
  if (one.ward === 'paediatrics' && one.risk >= 64 && one.livesAlone) return p22
  if (one.ward === 'paediatrics' && one.age < 44 && one.risk < 30) return p23
  if (one.ward === 'paediatrics' && one.risk < 69) return p24
  if (one.ward === 'cardiology' && one.age >= 75 && one.risk >= 65) return p25
  if (one.ward === 'cardiology' && one.age >= 65 && one.livesAlone) return p26
  if (one.ward === 'cardiology' && one.risk >= 65 && one.livesAlone) return p27
  if (one.ward === 'cardiology' && one.age < 45 && one.risk < 30) return p28
  if (one.ward === 'cardiology' && one.risk < 70) return p29
  if (one.ward === 'neurology' && one.age >= 65 && one.risk >= 64) return p30
  if (one.ward === 'neurology' && one.age >= 70 && one.livesAlone) return p31
  if (one.ward === 'neurology' && one.risk >= 66 && one.livesAlone) return p32
  if (one.ward === 'neurology' && one.age < 46 && one.risk < 30) return p33
  if (one.ward === 'neurology' && one.risk < 71) return p34
  if (one.ward === 'oncology' && one.age >= 70 && one.risk >= 63) return p35
  if (one.ward === 'oncology' && one.age >= 75 && one.livesAlone) return p36
  if (one.ward === 'oncology' && one.risk >= 67 && one.livesAlone) return p37
  if (one.ward === 'oncology' && one.age < 47 && one.risk < 30) return p38
  if (one.ward === 'oncology' && one.risk < 72) return p39
  if (one.ward === 'icu' && one.age >= 75 && one.risk >= 62) return p40
  if (one.ward === 'icu' && one.age >= 60 && one.livesAlone) return p41
  if (one.ward === 'icu' && one.risk >= 68 && one.livesAlone) return p42
  if (one.ward === 'icu' && one.age < 48 && one.risk < 30) return p43
  if (one.ward === 'icu' && one.risk < 73) return p44
  if (one.ward === 'rehabilitation' && one.age >= 65 && one.risk >= 61) return p45
  if (one.ward === 'rehabilitation' && one.age >= 65 && one.livesAlone) return p46
  if (one.ward === 'rehabilitation' && one.risk >= 69 && one.livesAlone) return p47
  if (one.ward === 'rehabilitation' && one.age < 49 && one.risk < 30) return p48
  if (one.ward === 'rehabilitation' && one.risk < 74) return p49
  return p50
}
