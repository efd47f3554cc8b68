import { at, attribute } from '../../xml.ts'

/** ActStatus of what is not to count. */
const cancelled = new Set(['cancelled', 'aborted', 'nullified', 'obsolete'])

/** Whether an encounter or an appointment says of itself that it was cancelled. */
export const isCancelled = (act: unknown): boolean =>
  cancelled.has(attribute(at(act, 'statusCode'), 'code')?.toLowerCase() ?? '')
