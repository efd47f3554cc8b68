/** A name as SQL spells it, whatever is in it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
