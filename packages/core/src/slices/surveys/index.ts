import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { raise } from '../../kernel/flow.ts'
import { type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { refuse } from '../../kernel/refusal.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import type { Tick } from '../../kernel/tick.ts'
import type { Entry } from '../../ports/store.ts'
import { decide } from './decide/index.ts'
import { keys, needs, subjects } from './decide/keys.ts'
import { evolve } from './evolve.ts'
import { Survey, SurveyCommand, SurveyEvent } from './schema.ts'

export const survey: Slice<Survey, SurveyCommand, SurveyEvent> = {
  name: 'survey',
  state: Survey,
  command: SurveyCommand,
  event: SurveyEvent,
  initial: { status: 'none' },
  keys,
  needs,
  subjects,
  decide,
  evolve,
  lists: { visit: ['visit'], patient: ['patient'], department: ['department', 'status'], due: [] },
  entries: (state): Entry[] => {
    if (!('token' in state)) return []
    const { visit, patient, department = '', askedOn, expires } = state
    return [
      { index: 'visit', equals: [visit], order: askedOn },
      { index: 'patient', equals: [patient], order: askedOn },
      { index: 'department', equals: [department, state.status], order: askedOn },
      ...(state.status === 'asked' ? [{ index: 'due', equals: [], order: expires }] : []),
    ]
  },
  attributes: (state): Attributes =>
    'department' in state && state.department !== undefined
      ? { department: [state.department] }
      : {},
}

/** A link is of no use any more; what was saved by then stays. */
export const surveysExpire: Tick = {
  name: 'surveys',
  kind: survey.name,
  index: 'due',
  equals: [],
  raise: ({ key: { id } }) => raise(survey, id, { type: 'expire', survey: id }),
}

type Said<Type extends SurveyCommand['type']> = Input<typeof SurveyCommand, Type>

export const surveys = (door: Door) => ({
  /**
   * Asks a questionnaire of the pack for a visit, once; with `send` a link goes to the patient.
   * Refuses a questionnaire or a visit that is not known (`survey.unknown-questionnaire`,
   * `survey.unknown-visit`).
   */
  ask: (input: Said<'ask'>, options?: CommandOptions) =>
    door.run(survey, { type: 'ask', ...input }, options),

  /** Keeps answers that are not handed in yet; each time all that was given so far. */
  save: (input: Said<'save'>, options?: CommandOptions) =>
    door.run(survey, { type: 'save', ...input }, options),

  /**
   * Hands a response in, by the link's token or, on the telephone, by the survey. It counts once: the
   * same answers again change nothing, others are refused (`survey.already-answered`). Refuses answers
   * that do not fit the questionnaire (`survey.bad-answers`) and a link that is too old (`survey.expired`).
   */
  submit: (input: Said<'submit'>, options?: CommandOptions) =>
    door.run(survey, { type: 'submit', ...input }, options),

  /** Corrects a response: a new version with who and why, the earlier ones stay. */
  amend: (input: Said<'amend'>, options?: CommandOptions) =>
    door.run(survey, { type: 'amend', ...input }, options),

  /**
   * Hands in what nobody is known to have said: it is kept by its month and department alone.
   * `response` is drawn at random by the form, so that sending twice counts once.
   */
  submitAnonymously: (input: Said<'submit-anonymously'>, options?: CommandOptions) =>
    door.run(survey, { type: 'submit-anonymously', ...input }, options),

  get: (id: string, options?: ReadOptions) => door.get(survey, id, options),

  /** The survey that a link's token leads to. Refuses a token that nobody was given (`survey.unknown`). */
  byToken: async (token: string, options?: ReadOptions) => {
    const issued = await door.get(survey, token, options)
    if (issued?.state.status !== 'token') return refuse('survey.unknown')
    return door.get(survey, issued.state.of, options)
  },

  ofVisit: (visit: string, paging: Paging = {}) =>
    door.list(survey, { index: 'visit', equals: [[visit]], ...page(paging) }, paging),

  ofPatient: (patient: string, paging: Paging = {}) =>
    door.list(survey, { index: 'patient', equals: [[patient]], ...page(paging) }, paging),

  /** Surveys of departments (`''`: of none) by what became of them, by the day they were asked. */
  list: ({
    departments,
    status,
    from,
    to,
    ...paging
  }: Paging & {
    readonly departments: readonly string[]
    readonly status: readonly ('asked' | 'expired' | 'answered')[]
    readonly from?: string
    readonly to?: string
  }) =>
    door.list(
      survey,
      {
        index: 'department',
        equals: [departments, status],
        ...(from && { from }),
        ...(to && { to }),
        ...page(paging),
      },
      paging,
    ),
})
