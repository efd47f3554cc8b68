/** Why a pull is broken off; rows that were taken before are taken, and the old cursor holds. */
export const refusals = {
  'sql-view.no-key': 'a row whose key column is missing or empty, so that it could not be paged by',
  'sql-view.repeated-key':
    'two different rows of one key: the view needs a key that names each row',
  'sql-view.not-paged':
    'a full page without any new row: the query does not go on after the last key',
} as const

/** One of the codes of `refusals`. */
export type SqlViewRefusalCode = keyof typeof refusals
