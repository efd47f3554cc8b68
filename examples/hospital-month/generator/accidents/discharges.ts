import { day, hour, minute } from '../china-time.ts'
import { resent } from '../drafts.ts'
import { type Accident, later, share } from '../story.ts'

/** A clerk notices within two days that the discharge was entered with a wrong time, often a wrong day. */
export const corrections: Accident = {
  count: share(0.015),
  tell: ({ month, random, stays, his }) => {
    const entered = stays.draw({ left: 4 })
    const error = random.pick([-26 * hour, -3 * hour, -40 * minute, 50 * minute, 5 * hour, day])
    const earliest = Math.max(entered.admittedAt + hour, month.start)
    const meant = entered.dischargedAt + error
    const dischargedAt = meant < earliest ? entered.dischargedAt - error : meant
    const stay = { ...entered, dischargedAt }
    const noticed = later(random, Math.max(entered.dischargedAt, dischargedAt), 2, 48)
    const drafts = [his.admits(entered), his.discharges(entered), his.restates(stay, noticed)]
    return [{ stay, fate: 'standing', drafts }]
  },
}

/** The A03 waited in a queue while its correction went through. */
export const earlyCorrections: Accident = {
  count: share(0.002),
  tell: ({ random, stays, his }) => {
    const entered = stays.draw({ left: 2 })
    const stay = { ...entered, dischargedAt: entered.dischargedAt - random.int(20, 90) * minute }
    const correction = his.restates(stay, later(random, entered.dischargedAt, 2, 20))
    const sentAt = correction.sentAt + random.int(30, 360) * minute
    const delayed = { ...his.discharges(entered), sentAt }
    return [{ stay, fate: 'standing', drafts: [his.admits(stay), correction, delayed] }]
  },
}

/** The patient was not fit to go, and went later. */
export const reenteredDischarges: Accident = {
  count: share(0.005),
  tell: ({ random, stays, his }) => {
    const first = stays.draw({ left: 5 })
    const cancelled = later(random, first.dischargedAt, 1, 20)
    const stay = { ...first, dischargedAt: later(random, cancelled, 6, 60) }
    const drafts = [
      his.admits(first),
      his.discharges(first),
      his.cancelsDischarge(first, cancelled),
      his.discharges(stay),
    ]
    return [{ stay, fate: 'standing', drafts }]
  },
}

/** The patient was not fit to go, and is still there. */
export const cancelledDischarges: Accident = {
  count: share(0.005),
  tell: ({ random, stays, his }) => {
    const stay = stays.draw({ left: 2 })
    const cancelled = later(random, stay.dischargedAt, 1, 20)
    const drafts = [his.admits(stay), his.discharges(stay), his.cancelsDischarge(stay, cancelled)]
    return [{ stay, fate: 'discharge-cancelled', drafts }]
  },
}

/** An interface restarts from an old position and sends the cancelled discharge once more. */
export const replayedDischarges: Accident = {
  count: share(0.002),
  tell: ({ random, stays, his }) => {
    const stay = stays.draw({ left: 4 })
    const discharge = his.discharges(stay)
    const cancellation = his.cancelsDischarge(stay, later(random, stay.dischargedAt, 1, 20))
    const replay = resent(discharge, later(random, cancellation.sentAt, 1, 40))
    const drafts = [his.admits(stay), discharge, cancellation, replay]
    return [{ stay, fate: 'discharge-cancelled', drafts }]
  },
}

/** The cancellation overtook its discharge. */
export const earlyCancellations: Accident = {
  count: share(0.001),
  tell: ({ random, stays, his }) => {
    const stay = stays.draw({ left: 2 })
    const cancellation = his.cancelsDischarge(stay, later(random, stay.dischargedAt, 2, 20))
    const sentAt = cancellation.sentAt + random.int(30, 360) * minute
    const delayed = { ...his.discharges(stay), sentAt }
    const drafts = [his.admits(stay), cancellation, delayed]
    return [{ stay, fate: 'discharge-cancelled', drafts }]
  },
}

/** The A03 got lost; the daily update still tells it. */
export const withoutDischarge: Accident = {
  count: share(0.01),
  tell: ({ random, stays, his }) => {
    const stay = stays.draw({ left: 2 })
    const update = his.restates(stay, later(random, stay.dischargedAt, 1, 20))
    return [{ stay, fate: 'standing', drafts: [his.admits(stay), update] }]
  },
}

/** Everything after the admission got lost. */
export const missing: Accident = {
  count: (discharges, random) =>
    discharges >= 300 ? random.int(3, 10) : Math.floor(discharges / 100),
  tell: ({ stays, his }) => {
    const stay = stays.draw()
    return [{ stay, fate: 'unheard', drafts: [his.admits(stay)] }]
  },
}

/** The interface counted its messages anew, and its MSH-10 repeats. */
export const reusedControlIds: Accident = {
  count: share(0.002),
  tell: ({ stays, his }) => {
    const stay = stays.draw()
    const discharge = { ...his.discharges(stay), reusesControlId: true } as const
    return [{ stay, fate: 'standing', drafts: [his.admits(stay), discharge] }]
  },
}

/** Somebody else took over the patient when the stay was closed. */
export const attendingChanges: Accident = {
  count: share(0.003),
  tell: ({ random, stays, his }) => {
    const before = stays.draw({ left: 4 })
    const stay = { ...before, attending: stays.colleague(before) }
    const update = his.restates(stay, later(random, stay.dischargedAt, 6, 72))
    return [
      { stay, fate: 'standing', drafts: [his.admits(before), his.discharges(before), update] },
    ]
  },
}
