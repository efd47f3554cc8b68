import type { Unit } from '@hospital-crm/core'

/** A unit that makes or changes one record, with its entries, its event and its answer. */
export const thing = (id: string, version: number, cause = `${id}/${version}`): Unit => {
  const key = { kind: 'thing', id }
  const entries = ['x', 'y'].map((value) => ({ index: 'of', equals: [value], order: id }))
  const attributes = [`parity=${Number(id) % 2}`]
  const happened = { key, version: version + 1, type: 'thing.changed', actor: 'somebody' }
  return {
    cause,
    kept: { payloadHash: 'hash', answer: [cause] },
    reads: [],
    changes: [{ key, version, state: { id, version }, entries, attributes }],
    events: [{ ...happened, at: '2026-03-02T00:00:00.000Z', data: { version } }],
  }
}
