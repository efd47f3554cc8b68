/** Tells the time. The crm never looks at another clock, so a test or a simulation may hand in its own. */
export interface Clock {
  now(): Date
}

/** Makes ids for records that have no natural one: unique for ever, best ascending in time. */
export interface Ids {
  next(): string
}
