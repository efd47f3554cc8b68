import type { AnySlice } from './kernel/slice.ts'
import { account } from './slices/accounts/index.ts'
import { appointment } from './slices/appointments/index.ts'
import { attribution } from './slices/attributions/index.ts'
import { cell } from './slices/cells/index.ts'
import { charge } from './slices/charges/index.ts'
import { claim } from './slices/claims/index.ts'
import { drawRecord } from './slices/draws/index.ts'
import { encounter } from './slices/encounters/index.ts'
import { feedback } from './slices/feedback/index.ts'
import { followUp } from './slices/follow-ups/index.ts'
import { hospital } from './slices/hospitals/index.ts'
import { intake } from './slices/intakes/index.ts'
import { message } from './slices/messages/index.ts'
import { partner } from './slices/partners/index.ts'
import { patient } from './slices/patients/index.ts'
import { payee } from './slices/payees/index.ts'
import { referral } from './slices/referrals/index.ts'
import { release } from './slices/releases/index.ts'
import { round } from './slices/rounds/index.ts'
import { schedule } from './slices/schedules/index.ts'
import { settlement } from './slices/settlements/index.ts'
import { spotCheck } from './slices/spot-checks/index.ts'
import { staffMember } from './slices/staff/index.ts'
import { statement } from './slices/statements/index.ts'
import { subscription } from './slices/subscriptions/index.ts'
import { survey } from './slices/surveys/index.ts'
import { duty } from './slices/tasks/index.ts'

/** Every kind of record that the crm keeps by itself. */
export const ownSlices: readonly AnySlice[] = [
  hospital,
  staffMember,
  patient,
  encounter,
  followUp,
  drawRecord,
  spotCheck,
  round,
  schedule,
  appointment,
  partner,
  referral,
  attribution,
  charge,
  account,
  payee,
  release,
  settlement,
  statement,
  claim,
  message,
  intake,
  subscription,
  survey,
  feedback,
  duty,
  cell,
]
