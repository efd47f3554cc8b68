import { type AttributedLine, AttributionRules, cnStrict } from '@hospital-crm/rules'
import { type Setting, testCrm } from './hospital.fixture.ts'
import type { ChargeEvent } from './slices/charges/schema.ts'

/** Local time in the test hospital, in March 2026. */
export const at = (day: string, time = '10:00') =>
  new Date(`2026-03-${day}T${time}:00+08:00`).toISOString()

export const evidence = AttributionRules.parse({
  id: 'evidence',
  version: 1,
  evidence: [
    {
      kind: 'slip',
      class: 1,
      timing: 'at-visit',
      windowDays: 30,
      confirmedBy: ['registration-desk', 'operations'],
      singleUse: true,
    },
    {
      kind: 'call-ahead',
      class: 2,
      timing: 'before-visit',
      windowDays: 30,
      confirmedBy: ['triage-desk'],
    },
    { kind: 'partner-card', class: 3, timing: 'at-visit', windowDays: 30 },
  ],
  bindMonths: 3,
})

/** What every hospital of these tests goes by: its evidence and the law of mainland China. */
export const marketing = {
  attribution: evidence,
  compliance: { profile: cnStrict, staff: { marketing: 'own-marketer' as const } },
}

export const firm = {
  kind: 'company',
  name: '云龙电子',
  channel: 'companies',
  payeeClass: 'enterprise',
  owner: 'chen',
  since: '2026-01-01',
} as const
export const broker = {
  ...firm,
  kind: 'intermediary',
  name: '彭城健康咨询',
  channel: 'intermediaries',
  payeeClass: 'intermediary',
} as const

/** A hospital at eight in the morning of 2 March, with a representative, Chen, and two partners. */
export const marketingHospital = async (setting: Setting = {}) => {
  const pack = { ...marketing, ...setting.pack }
  const made = await testCrm({ at: at('02', '08:00'), ...setting, pack })
  const { crm, store } = made
  await crm.staff.enrol('chen', { roles: ['marketing'], phone: '15400009001' })
  await crm.partners.register('firm', firm)
  await crm.partners.register('broker', broker)
  /** The lines in everybody's accounts, by what was told of them one difference after the other. */
  const accounts = async () => {
    const lines = new Map<string, AttributedLine>()
    const nameOf = ({ id, role, payee }: AttributedLine) => `${id} ${role} ${payee}`
    for (const { type, data } of await store.log('main')) {
      if (type !== 'charge.attributed') continue
      const { removed, added } = data as unknown as Extract<ChargeEvent, { added: unknown }>
      for (const line of removed) {
        if (JSON.stringify(lines.get(nameOf(line))) !== JSON.stringify(line))
          throw new Error(`${nameOf(line)} was taken out and was not in`)
        lines.delete(nameOf(line))
      }
      for (const line of added) {
        if (lines.has(nameOf(line))) throw new Error(`${nameOf(line)} was put in twice`)
        lines.set(nameOf(line), line)
      }
    }
    return [...lines.values()]
  }
  return { ...made, accounts }
}
export type MarketingHospital = Awaited<ReturnType<typeof marketingHospital>>

/** One line of a bill for treatment on 2 March, in fen. */
export const line = (id: string, amount: number, more = {}) => ({
  id,
  occurredOn: '2026-03-02',
  amount,
  category: 'treatment',
  payer: 'self-pay' as const,
  ...more,
})
