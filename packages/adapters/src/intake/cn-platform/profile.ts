import * as z from 'zod'
import { treatments } from './services.ts'

const Text = z.string().trim().min(1)

/** What a hospital settles once for its platform. */
export const CnPlatformProfile = z.strictObject({
  /** The feed, e.g. `cn-platform:esb`. */
  source: Text,
  /** IANA name of the zone in which times are meant, e.g. `Asia/Shanghai`. */
  zone: Text,
  /** Who gives the numbers of patients; the source itself unless told. The same here and in other feeds joins them. */
  authority: Text.optional(),
  /** What a vendor's own service codes mean; they go before the standard ones. */
  services: z.record(Text, z.enum(treatments)).optional(),
  /** How S0053 and S0054 are to be understood; without it appointments are ignored. */
  appointments: z
    .strictObject({
      /** Whose number tells the schedule: of what is booked, 资源ID, or with whom, 医务人员工号. */
      schedule: z.enum(['resource', 'staff']).default('resource'),
      /** The schedules here that these numbers mean; without it the number itself. */
      schedules: z.record(z.string(), Text).optional(),
      /** Whose time a slot begins at: of what is booked, 资源时段, or the appointment's, 预约日期时间. */
      begins: z.enum(['resource', 'appointment']).default('resource'),
      /** What codes and names of 门诊预约状态 mean, beside 预约成功, 患者预约 and 取消预约. */
      statuses: z
        .record(z.string(), z.enum(['booked', 'cancelled', 'attended', 'missed', 'ignored']))
        .default({}),
      /** The channels that booking systems (系统id) are; of another it is `his`. */
      channels: z.record(z.string(), Text).default({}),
    })
    .optional(),
  /** The longest request taken, in bytes; 4 MiB by default. */
  maxBytes: z.int().positive().optional(),
})
export type CnPlatformProfile = z.input<typeof CnPlatformProfile>

/** What a profile says of appointments. */
export type SettledAppointments = NonNullable<z.output<typeof CnPlatformProfile>['appointments']>
