import {
  type AttributionRole,
  type ReportedShare,
  type ReportModel,
  reportShares,
} from '@hospital-crm/rules'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { Refusal, refuse } from '../../kernel/refusal.ts'
import type { Input } from '../../kernel/slice.ts'
import { attribution } from '../../slices/attributions/index.ts'
import type { Attributed } from '../../slices/attributions/schema.ts'
import { charge } from '../../slices/charges/index.ts'
import { patient } from '../../slices/patients/index.ts'
import type { PatientCommand } from '../../slices/patients/schema.ts'
import { referral } from '../../slices/referrals/index.ts'
import type { ReferralCommand } from '../../slices/referrals/schema.ts'
