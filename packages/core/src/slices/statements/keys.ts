import type { Month } from '@hospital-crm/rules'
import type { Key } from '../../ports/store.ts'

export const settlementKey = (month: Month): Key => ({ kind: 'settlement', id: month })

export const runKey = (month: Month): Key => ({ kind: 'settlement', id: `${month}/run` })
