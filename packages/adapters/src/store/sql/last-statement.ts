/** Stands in the last statement of a transaction, so that a connection may ask for the commit along with it. */
export const last = '/* last of its transaction */'

export const isLast = (text: string): boolean => text.endsWith(last)
