import { type Day, writeDay, zoneOf } from '@hospital-crm/rules'

/** The local day of an instant, as the hospital's clocks show it. */
export const localDay = (zone: string, instant: string): Day =>
  writeDay(zoneOf(zone).dayOf(Date.parse(instant)))
