import type { Facts, ListSet } from '@hospital-crm/rules'
