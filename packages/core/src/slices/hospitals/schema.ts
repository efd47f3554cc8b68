import { RulePack } from '@hospital-crm/rules'
import * as z from 'zod'
import { Text } from '../../kernel/fields.ts'

const Published = z.strictObject({ id: z.string(), version: z.int(), at: z.iso.datetime() })

/** A tenant's one hospital record (id `self`), and each rule pack it has published (`pack:id@version`). */
export const Hospital = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('none') }),
  z.strictObject({
    status: z.literal('open'),
    name: Text,
    zone: z.string(),
    locale: z.string(),
    currency: z.string(),
    packs: z.array(Published),
  }),
  z.strictObject({ status: z.literal('pack'), content: RulePack }),
])
export type Hospital = z.infer<typeof Hospital>

export const HospitalCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('open'),
    name: Text,
    zone: z.string(),
    locale: z.string().default('zh-CN'),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('CNY'),
    pack: RulePack,
  }),
  z.strictObject({ type: z.literal('publish'), pack: RulePack }),
])
export type HospitalCommand = z.infer<typeof HospitalCommand>

export const HospitalEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hospital.opened'),
    name: Text,
    zone: z.string(),
    locale: z.string(),
    currency: z.string(),
  }),
  z.strictObject({ type: z.literal('hospital.pack-kept'), content: RulePack }),
  z.strictObject({ type: z.literal('hospital.pack-published'), ...Published.shape }),
])
export type HospitalEvent = z.infer<typeof HospitalEvent>
