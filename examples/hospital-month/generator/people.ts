import { day, localDay } from './china-time.ts'
import { identityNumber } from './identity-number.ts'
import { nameOf, type Sex } from './names.ts'
import { addressOf, type Place } from './places.ts'
import type { Random } from './prng.ts'

interface Person {
  readonly name: string
  readonly sex: Sex
  /** YYYY-MM-DD */
  readonly birthDate: string
  /** Missing for the newborn and for some who carry no papers. */
  readonly identityNumber?: string
  readonly phone?: string
  readonly place: Place
  readonly street: string
}

/** A person as the hospital registered them; by mistake somebody may be registered twice. */
export interface Registration {
  readonly person: Person
  /** 病案号, the medical record number. */
  readonly number: string
  /** 就诊卡号, the visit card. */
  readonly card: string
  /** Whether the identity card was shown, so that its number is on the record. */
  readonly papers: boolean
}

/** Whom a department sees. */
export type Whom = 'anybody' | 'old' | 'women' | 'men' | 'mothers' | 'children' | 'newborn'

/** Sex, least and most age in days. */
const ages: Record<Whom, readonly [sex: Sex | undefined, least: number, most: number]> = {
  anybody: [undefined, 18 * 365, 85 * 365],
  old: [undefined, 50 * 365, 93 * 365],
  women: ['F', 18 * 365, 75 * 365],
  men: ['M', 35 * 365, 86 * 365],
  mothers: ['F', 20 * 365, 42 * 365],
  children: [undefined, 365, 14 * 365],
  newborn: [undefined, 0, 12],
}

export interface Registry {
  /** Registers somebody new, of the age that a department sees, as of an instant. */
  register(whom: Whom, at: number): Registration
  /** Registers somebody once more who came without papers and was not recognised. */
  registerAgain(person: Person): Registration
}

/** The registration desk. No two persons get one identity number, and no number is given twice. */
export const createRegistry = (random: Random): Registry => {
  const taken = new Set<string>()
  let given = 0

  const freeNumber = (birthDate: string, sex: Sex) => {
    for (;;) {
      const number = identityNumber(birthDate, sex, random.int(0, 499))
      if (!taken.has(number)) {
        taken.add(number)
        return number
      }
    }
  }

  const enter = (person: Person, papers: boolean): Registration => {
    given += 1
    const number = String(scattered(given)).padStart(10, '0')
    return { person, number, card: `C${String(given + 5_000_000).padStart(9, '0')}`, papers }
  }

  return {
    register: (whom, at) => {
      const [only, least, most] = ages[whom]
      const sex = only ?? random.pick<Sex>(['M', 'F'])
      const birthDate = localDay(at - random.int(least, most) * day)
      const isBaby = whom === 'newborn'
      // A baby goes by its mother's name.
      const bornIn = isBaby ? 1990 : Number(birthDate.slice(0, 4))
      const name = nameOf(random, isBaby ? 'F' : sex, bornIn)
      const papers = !isBaby && !random.chance(0.03)
      const person = {
        name: isBaby ? `${name}之${sex === 'M' ? '子' : '女'}` : name,
        sex,
        birthDate,
        ...(papers && { identityNumber: freeNumber(birthDate, sex) }),
        ...(!random.chance(0.01) && { phone: mobile(random) }),
        ...addressOf(random),
      }
      return enter(person, papers)
    },
    registerAgain: (person) => enter(person, false),
  }
}

/** 154 is the one block of 15x that was never opened, so nobody answers there. */
const mobile = (random: Random) => `154${String(random.int(0, 99_999_999)).padStart(8, '0')}`

/** The n-th number of a series that jumps about, so that it tells nothing of the order in which things were drawn. */
export const scattered = (n: number): number => (n * 617_299 + 104_729) % 9_999_991
