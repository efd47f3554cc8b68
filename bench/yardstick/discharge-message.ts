import { createHash } from 'node:crypto'
import type { IntakeOutcome } from '@hospital-crm/core'

const digits = (value: number, length: number) => String(value).padStart(length, '0')

/** The nth invented patient's discharge on 1 March 2026, as an intake reads it from a hospital's feed. */
export const dischargeMessage = (nth: number): IntakeOutcome => {
  const number = digits(nth, 8)
  const at = new Date(Date.UTC(2026, 2, 1) + (nth % 1440) * 60_000).toISOString()
  const event = {
    source: 'bench',
    key: `M${number}`,
    type: 'discharged' as const,
    occurredAt: at,
    recordedAt: at,
    person: {
      identifiers: [
        { type: 'MR', authority: 'BENCH', value: `P${number}` },
        { type: 'PI', authority: 'BENCH', value: `9${number}` },
      ],
      name: `王某${nth}`,
      birthDate: `19${digits(30 + (nth % 60), 2)}-06-01`,
      sex: nth % 2 === 0 ? ('male' as const) : ('female' as const),
      phones: [`1540000${number.slice(-4)}`],
      address: `某省某市幸福路${nth}号`,
    },
    visit: {
      number: `V${number}`,
      class: 'inpatient' as const,
      department: { code: `N${nth % 20}`, name: `某科${nth % 20}` },
      ward: `W${nth % 40}`,
      bed: `${nth % 60}`,
      attending: { code: `D${nth % 200}`, name: `医生${nth % 200}` },
      admittedAt: '2026-02-20T00:00:00Z',
      dischargedAt: at,
      disposition: '1',
      diagnoses: [{ code: 'I63.9', name: '脑梗死' }],
    },
  }
  const hash = createHash('sha256').update(JSON.stringify(event)).digest('hex')
  return { kind: 'event', event: { ...event, hash } }
}
