import { dischargeSatisfaction } from '@hospital-crm/rules'
import type { Contact, HospitalMonth } from './generator/index.ts'
import type { Incident } from './incidents.ts'

/** One in so many patients whom the call centre reaches answers its questionnaire. */
const among = 40
/** How they found it, and whether they would recommend the hospital. */
const moods = [
  ['very-satisfied', 10],
  ['satisfied', 9],
  ['very-satisfied', 9],
  ['satisfied', 8],
  ['neutral', 6],
  ['very-satisfied', 10],
  ['dissatisfied', 3],
] as const

/** The questions in five steps: all but those of the last section. */
const rated = dischargeSatisfaction.sections
  .slice(0, -1)
  .flatMap(({ questions }) => questions.map(({ id }) => id))

const voiceOf = ({ recordedAt: at, visit, by }: Contact, nth: number): Incident => ({
  at,
  does: async ({ surveys, feedback, encounters }) => {
    const [value, recommend] = moods[nth % moods.length] ?? moods[0]
    const answers = { ...Object.fromEntries(rated.map((question) => [question, value])), recommend }
    const { id: questionnaire } = dischargeSatisfaction
    const { id: survey } = await surveys.ask({ visit, questionnaire }, { cause: `ask:${visit}` })
    const cause = `answers:${visit}`
    await surveys.submit({ survey, answers, mode: 'phone', by }, { cause })
    if (value !== 'dissatisfied') return
    const known = (await encounters.get(visit))?.state
    const department = known && 'department' in known ? known.department : undefined
    await feedback.receive(
      {
        ...{ feedback: `complaint-${visit}`, kind: 'complaint', class: 'communication' },
        ...{
          severity: 'ordinary',
          channel: 'survey',
          owner: by,
          at,
          visit,
          words: '没有人解释用药',
        },
        ...(department !== undefined && { department }),
      },
      { cause: `complaint:${visit}` },
    )
  },
})

/** What patients say on the telephone, in order of time. */
export const voicesOf = ({ contacts, visits }: HospitalMonth): readonly Incident[] => {
  const standing = new Set(
    visits.flatMap(({ visit, fate }) => (fate === 'standing' ? [visit] : [])),
  )
  return contacts
    .filter(
      ({ tier, result, visit }) => tier === 2 && result === 'completed' && standing.has(visit),
    )
    .filter((_, nth) => nth % among === 0)
    .map(voiceOf)
}
