import { appointmentIsReminded, freePlaceIsFilled } from './flows/appointments.ts'
import { attributionFlows } from './flows/attribution/facts.ts'
import {
  candidateAwaitsDraw,
  drawIsRepeated,
  drawReachesFollowUps,
  spotCheckIsJudged,
} from './flows/draws.ts'
import {
  admissionEndsPlans,
  admissionIsCancelled,
  dischargeIsCancelled,
  dischargeIsPlanned,
} from './flows/encounter-facts.ts'
import {
  consentDecidesPlans,
  deathEndsPlans,
  erasureEndsPlans,
  erasureReachesQuarantine,
  mergeJoinsPlans,
  newAddressIsVisited,
  newPhoneIsTried,
  revokedDeathRestoresPlans,
} from './flows/patient-facts.ts'
import {
  departureHandsOver,
  endedTaskIsNotReminded,
  handOverIsTold,
  openTaskIsAnnounced,
  openTaskIsReminded,
  overdueTaskIsEscalated,
  silentFeedIsAlarmed,
} from './flows/reminders.ts'
import { settlementFlows } from './flows/settlement/facts.ts'

/** The crm's own flows: where its slices meet. */
export const ownFlows = [
  dischargeIsPlanned,
  dischargeIsCancelled,
  admissionEndsPlans,
  admissionIsCancelled,
  deathEndsPlans,
  revokedDeathRestoresPlans,
  consentDecidesPlans,
  newPhoneIsTried,
  newAddressIsVisited,
  mergeJoinsPlans,
  erasureEndsPlans,
  erasureReachesQuarantine,
  openTaskIsReminded,
  endedTaskIsNotReminded,
  overdueTaskIsEscalated,
  silentFeedIsAlarmed,
  openTaskIsAnnounced,
  handOverIsTold,
  departureHandsOver,
  candidateAwaitsDraw,
  drawReachesFollowUps,
  drawIsRepeated,
  spotCheckIsJudged,
  freePlaceIsFilled,
  appointmentIsReminded,
  ...attributionFlows,
  ...settlementFlows,
]
