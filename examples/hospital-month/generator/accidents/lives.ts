import { day, hour, minute } from '../china-time.ts'
import { type Accident, later, share } from '../story.ts'

/** 离院方式 5 in the discharge is all that is said. */
export const deathsInHospital: Accident = {
  count: share(0.008),
  tell: ({ stays, his }) => {
    const stay = { ...stays.draw(), disposition: '5' }
    const drafts = [his.admits(stay), his.discharges(stay)]
    return [{ stay, fate: 'died-in-hospital', drafts }]
  },
}

/** The family told the registry, or a clerk who updated the visit. */
export const deathsLearned: Accident = {
  count: share(0.003),
  tell: ({ random, stays, his }, at) => {
    const stay = stays.draw({ left: 13 })
    const died = stay.dischargedAt + random.int(24, 9 * 24) * hour
    const learned = later(random, died, 12, 72)
    const discharge = his.discharges(stay)
    const told =
      at % 2 === 0
        ? his.updatesPerson(stay, learned, died)
        : { ...his.restates(stay, learned), died }
    const drafts = [his.admits(stay), discharge, told]
    return [{ stay, fate: 'deceased', drafts, from: discharge.sentAt, until: died }]
  },
}

/** A namesake had died. */
export const deathsRevoked: Accident = {
  count: (discharges, random) => (discharges >= 300 ? random.int(1, 2) : 0),
  tell: ({ random, stays, his }) => {
    const stay = stays.draw({ left: 10 })
    const died = stay.dischargedAt + random.int(1, 4) * day
    const learned = later(random, died, 6, 24)
    const drafts = [
      his.admits(stay),
      his.discharges(stay),
      his.updatesPerson(stay, learned, died),
      his.updatesPerson(stay, later(random, learned, 12, 72), 'revoked'),
    ]
    return [{ stay, fate: 'standing', drafts }]
  },
}

/**
 * Somebody came without papers and was registered again. In turn: the stay was under the second registration and the
 * first survives; under the first, and the second was only seen at the clinic; or the merge fell into the stay, and
 * the ward discharged under the retired number all the same.
 */
export const merges: Accident = {
  count: share(0.005),
  tell: ({ random, stays, his }, at) => {
    const drawn = stays.draw({ left: 7, nights: 2 })
    const survivor = drawn.registration
    const retired = stays.registerAgain(survivor.person)
    const stay = at % 3 === 1 ? drawn : { ...drawn, registration: retired }
    const other = at % 3 === 1 ? retired : survivor
    const seen = stays.clinic(other, later(random, stay.admittedAt, -240, -30))
    const half = Math.floor((stay.dischargedAt - stay.admittedAt) / 2 / minute) * minute
    const found = at % 3 === 2 ? stay.admittedAt + half : later(random, stay.dischargedAt, 12, 144)
    const discharge = his.discharges(stay)
    const drafts = [
      his.registers(seen),
      his.admits(stay),
      discharge,
      his.merges({ ...seen, registration: survivor }, retired, found),
    ]
    return [{ stay, fate: 'standing', drafts, from: discharge.sentAt }]
  },
}
