import { parse } from 'yaml'
import { refuse } from '../refusal.ts'
import { duplicateKey } from './duplicate-key.ts'

/** YAML by its ending, and from standard input whatever does not begin like JSON. */
const isYaml = (file: string, text: string) =>
  file === '-' ? !text.trimStart().startsWith('{') : /\.ya?ml$/i.test(file)

const malformed = (path: string, reason: string) =>
  refuse('cases.malformed', { issues: [{ path, reason }] })

/** Refuses what is not JSON or YAML, and a key written twice: one of the two would not be checked. */
export const parseCaseText = (file: string, text: string): unknown => {
  try {
    if (isYaml(file, text)) return parse(text)
    JSON.parse(text)
  } catch (error) {
    return malformed('', error instanceof Error ? error.message : String(error))
  }
  const twice = duplicateKey(text)
  return twice === null ? JSON.parse(text) : malformed(twice, 'the key stands there twice')
}
