/** Words Chinese clerks and systems type where nothing is known: none, as above, unknown. */
const words = new Set(['无', '同上', '不详', '未知', '暂无', '未填', '-', '--', '/'])

/** Whether a text only fills the field. */
export const isFiller = (text: string): boolean => words.has(text)

/** Whether a number only fills the field: 0, 000000 or a filler word. As a key it would make one person of many. */
export const isFillerNumber = (text: string): boolean => /^0+$/.test(text) || words.has(text)

/** 999-99-9999 and its like: one digit over and over, typed where a national number is unknown. */
export const isOneDigitOver = (text: string): boolean =>
  /^(\d)\1{4,}$/.test(text.replace(/[^0-9A-Za-z]/g, ''))

const days = new Set(['0001-01-01', '1900-01-01', '9999-12-31'])

/** The first and last days of databases and spreadsheets, written where a date is unknown or still open. */
export const isFillerDay = (day: string): boolean => days.has(day)
