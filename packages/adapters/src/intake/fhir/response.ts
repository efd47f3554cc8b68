import type { IntakeResponse } from '@hospital-crm/core'
import type { Mapped } from '../hl7v2/mapping/events.ts'
import type { Settled } from './profile.ts'
import { instantAt, type Reading, refuse } from './reading.ts'
import { type QuestionnaireResponse, ResponseItem } from './schema.ts'

type Told = Omit<Extract<Mapped, { type: 'survey-answered' }>, 'occurredAt'> & {
  readonly occurredAt: string | undefined
}

/** What a QuestionnaireResponse tells; `ignored` while it is not handed in, nothing when something is refused. */
export const responseEvent = (
  reading: Reading,
  response: QuestionnaireResponse,
  { mode }: NonNullable<Settled['responses']>,
): Told | 'ignored' | undefined => {
  if (response.status !== 'completed' && response.status !== 'amended') return 'ignored'
  const about = aboutOf(response)
  if (!about) return refuse(reading, 'fhir.no-response', 'QuestionnaireResponse.identifier')
  const given: Given = { answers: new Map(), texts: new Map() }
  collect(response.item, given)
  const answers = Object.fromEntries(given.answers)
  const texts = Object.fromEntries(given.texts)
  const occurredAt = instantAt(reading, response.authored, 'QuestionnaireResponse.authored')
  return { type: 'survey-answered', about, response: { answers, texts, mode }, occurredAt }
}

/** The survey by its id, which our own links and exports give; else the visit's number and the questionnaire's name. */
const aboutOf = ({ identifier, encounter, questionnaire }: QuestionnaireResponse) => {
  const survey = identifier?.value
  if (survey !== undefined) return { survey }
  const visit = encounter?.identifier?.value
  const [name, version] = questionnaire?.split('/').at(-1)?.split('|') ?? []
  if (visit === undefined || !name) return undefined
  return { visit, questionnaire: version === undefined ? name : `${name}@${version}` }
}

interface Given {
  readonly answers: Map<string, IntakeResponse['answers'][string]>
  readonly texts: Map<string, string>
}

const mostDeep = 10

/** Answers by question: an option's code, a figure, yes or no; what was written stands apart. */
const collect = (items: readonly unknown[] | undefined, given: Given, depth = 0): void => {
  if (depth > mostDeep) return
  for (const each of items ?? []) {
    const item = ResponseItem.safeParse(each).data
    if (!item) continue
    const texts = item.answer.flatMap(({ valueString }) => valueString ?? [])
    const codes = item.answer.flatMap(({ valueCoding }) => valueCoding?.code ?? [])
    const [figure] = item.answer.flatMap(
      ({ valueInteger, valueDecimal }) => valueInteger ?? valueDecimal ?? [],
    )
    const [said] = item.answer.flatMap(({ valueBoolean }) => valueBoolean ?? [])
    const chosen = codes.length > 1 ? codes : codes[0]
    const answer = chosen ?? figure ?? (said === undefined ? undefined : said ? 'yes' : 'no')
    if (answer !== undefined) given.answers.set(item.linkId, answer)
    if (texts.length > 0) given.texts.set(item.linkId, texts.join(' '))
    collect(item.item, given, depth + 1)
    for (const { item: below } of item.answer) collect(below, given, depth + 1)
  }
}
