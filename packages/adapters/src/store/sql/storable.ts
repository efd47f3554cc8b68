import { refuse, type Unit } from '@hospital-crm/core'

const check = (text: string, field: string) => {
  if (text.includes('\0') || !text.isWellFormed()) refuse('store.unstorable', { field })
}

/** Refuses names that a text column would not give back as they are. JSON is kept whatever is in it. */
export const refuseUnstorable = (tenant: string, units: readonly Unit[]): void => {
  check(tenant, 'tenant')
  for (const { cause, kept, reads, changes, events } of units) {
    check(cause, 'cause')
    if (kept) check(kept.payloadHash, 'kept.payloadHash')
    for (const { key } of [...reads, ...changes, ...events]) {
      check(key.kind, 'key.kind')
      check(key.id, 'key.id')
    }
    for (const { type, at, actor } of events) {
      check(type, 'event.type')
      check(at, 'event.at')
      check(actor, 'event.actor')
    }
    for (const attribute of changes.flatMap(({ attributes = [] }) => attributes)) {
      check(attribute, 'attribute')
    }
    for (const { index, equals, order } of changes.flatMap(({ entries }) => entries)) {
      check(index, 'entry.index')
      check(order, 'entry.order')
      for (const value of equals) check(value, 'entry.equals')
    }
  }
}
