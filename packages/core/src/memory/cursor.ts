import { refuse } from '@hospital-crm/rules'

/** A place in a list, as the text that stands in `next` and `after`. */
export const writeCursor = (order: string, id: string) => JSON.stringify([order, id])

/** Reads what `writeCursor` wrote; refuses anything else with `store.bad-cursor`. */
export const readCursor = (text: string): { readonly order: string; readonly id: string } => {
  try {
    const [order, id] = JSON.parse(text)
    if (typeof order === 'string' && typeof id === 'string') return { order, id }
  } catch {}
  return refuse('store.bad-cursor')
}
