import type { Month } from '@hospital-crm/rules'
import type { Whose } from './schema.ts'

/** A part of an id in which no slash is left, so that two parts never make the id of two others. */
const part = (text: string) => text.replaceAll('%', '%25').replaceAll('/', '%2F')

/** A payee as a word that no two share. */
export const whoseId = ({ role, payee }: Whose) => `${role}/${part(payee)}`

export const accountId = (month: Month, whose: Whose) => `${month}/${whoseId(whose)}`

export const creditId = (whose: Whose, visit: string) => `visit/${whoseId(whose)}/${part(visit)}`

export const findingId = (finding: string) => `finding/${finding}`
