import type { Services } from '@hospital-crm/core'
import type { Heard } from './heard.ts'

/** What the crm can do about patients, as far as it is needed here. */
export type Patients = Pick<Services['patients'], 'find' | 'recordConsent'>

/** A number as patients' records may hold it, where the crm's words do not write them all in one form. */
const forms = (number: string) => [...new Set([number, number.replace(/^\+86/, '')])]

const whoHave = async (patients: Patients, phone: string) => {
  const ids: string[] = []
  for (let after: string | undefined; ; ) {
    const page = await patients.find({ phone }, { limit: 100, ...(after && { after }) })
    ids.push(...page.items.map(({ id }) => id))
    after = page.next
    if (after === undefined) return ids
  }
}

/**
 * Withdraws consent for every person who has the number of an answer that says stop, for all purposes
 * unless one is named. Hearing the same again changes nothing. Gives back for how many persons it did.
 */
export const withdrawConsent = async (
  patients: Patients,
  heard: readonly Heard[],
  { purpose = '*' }: { readonly purpose?: string } = {},
): Promise<number> => {
  let withdrawn = 0
  for (const reply of heard) {
    if (reply.type !== 'reply' || !reply.stop) continue
    const found = await Promise.all(forms(reply.from).map((form) => whoHave(patients, form)))
    for (const id of new Set(found.flat())) {
      const cause = `sms-stop:${reply.key}:${purpose}:${id}`
      await patients.recordConsent(id, { purpose, allowed: false }, { cause })
      withdrawn += 1
    }
  }
  return withdrawn
}
