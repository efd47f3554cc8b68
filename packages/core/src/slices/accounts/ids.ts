import type { Month } from '@hospital-crm/rules'
import { partOfId } from '../../kernel/fields.ts'
import type { Whose } from './schema.ts'

/** A payee as a word that no two share. */
export const whoseId = ({ role, payee }: Whose) => `${role}/${partOfId(payee)}`

export const accountId = (month: Month, whose: Whose) => `${month}/${whoseId(whose)}`

export const creditId = (whose: Whose, visit: string) =>
  `visit/${whoseId(whose)}/${partOfId(visit)}`

export const findingId = (finding: string) => `finding/${finding}`
