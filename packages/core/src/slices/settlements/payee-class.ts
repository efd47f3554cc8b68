import { PayeeClass, type Policy } from '@hospital-crm/rules'
import * as z from 'zod'

/** As far as a member's record says what the law takes them for. */
const Member = z.object({ roles: z.array(z.string()) })
const Known = z.object({ payeeClass: PayeeClass })

/**
 * What a payee is to the law, by the member's or partner's record. A member counts as a clinician who
 * has no role, or one that the pack does not name; so does whoever is not known.
 */
export const classOf = (record: unknown, { compliance }: Policy): PayeeClass => {
  const partner = Known.safeParse(record)
  if (partner.success) return partner.data.payeeClass
  const { data: { roles } = { roles: [] } } = Member.safeParse(record)
  const classes = roles.map((role) => compliance?.staff[role] ?? 'own-clinician')
  return classes.includes('own-clinician') ? 'own-clinician' : (classes[0] ?? 'own-clinician')
}
