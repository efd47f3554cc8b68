import { day, hour, minute } from '../china-time.ts'
import { type Accident, share } from '../story.ts'

/** The A01 got lost. */
export const withoutAdmission: Accident = {
  count: share(0.005),
  tell: ({ stays, his }) => {
    const stay = stays.draw()
    return [{ stay, fate: 'standing', drafts: [his.discharges(stay)] }]
  },
}

/** The patient was moved once, between a fifth and four fifths of the stay. */
export const transfers: Accident = {
  count: share(0.1),
  tell: ({ random, stays, his }) => {
    const first = stays.draw({ nights: 2 })
    const stay = stays.elsewhere(first)
    const part = (stay.dischargedAt - stay.admittedAt) / 10 / minute
    const moved = stay.admittedAt + random.int(2, 8) * Math.floor(part) * minute
    const drafts = [his.admits(first), his.transfers(first, stay, moved), his.discharges(stay)]
    return [{ stay, fate: 'standing', drafts }]
  },
}

/** The patient did not want to stay after all. */
export const cancelledAdmissions: Accident = {
  count: share(0.004),
  tell: ({ random, stays, his }) => {
    const stay = stays.draw()
    const cancelled = stay.admittedAt + random.int(60, 480) * minute
    const drafts = [his.admits(stay), his.cancelsAdmission(stay, cancelled)]
    return [{ stay, fate: 'admission-cancelled', drafts }]
  },
}

/** Somebody discharged was admitted by mistake, for a namesake. */
export const cancelledReadmissions: Accident = {
  count: share(0.001),
  tell: ({ random, stays, his }) => {
    const stay = stays.draw({ left: 5 })
    const mistake = stays.again(stay, stay.dischargedAt + random.int(12, 72) * hour)
    const cancelled = mistake.admittedAt + random.int(60, 480) * minute
    const cancellation = his.cancelsAdmission(mistake, cancelled)
    const drafts = [his.admits(stay), his.discharges(stay)]
    const aftermath = [his.admits(mistake), cancellation]
    return [
      { stay, fate: 'standing', drafts, from: cancellation.sentAt },
      { stay: mistake, fate: 'admission-cancelled', drafts: aftermath },
    ]
  },
}

/** Every second patient who comes back leaves again within the month. */
export const readmissions: Accident = {
  count: share(0.04),
  tell: ({ month, random, stays, his }, at) => {
    const leavesAgain = at % 2 === 0
    const stay = stays.draw({ left: leavesAgain ? 8 : 2 })
    const longest = month.end - stay.dischargedAt - (leavesAgain ? 2.5 : 0.3) * day
    const gap = Math.min(longest, Math.max(day / 2, random.logNormal(6, 0.8) * day))
    const next = stays.again(stay, stay.dischargedAt + Math.floor(gap / minute) * minute)
    const first = [his.admits(stay), his.discharges(stay)]
    const second = leavesAgain ? [his.admits(next), his.discharges(next)] : [his.admits(next)]
    return [
      { stay, fate: 'readmitted', drafts: first, until: next.admittedAt },
      { stay: next, fate: leavesAgain ? 'standing' : 'in-hospital', drafts: second },
    ]
  },
}

/** The month's last arrivals. */
export const inpatients: Accident = {
  count: share(0.08),
  tell: ({ month, random, stays, his }) => {
    const admittedAt = month.end - random.int(4 * 60, 14 * 24 * 60) * minute
    const stay = { ...stays.draw(), admittedAt, dischargedAt: month.end }
    return [{ stay, fate: 'in-hospital', drafts: [his.admits(stay)] }]
  },
}
