import { match, P } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context, On } from '../../../kernel/slice.ts'
import type { Survey, SurveyCommand, SurveyEvent } from '../schema.ts'
import { ask, askForTask } from './ask.ts'
import { amend, save, submit, submitAgain, submitAnonymously } from './hand-in.ts'

const pending = P.union('asked', 'expired')
const handingIn = P.union('save', 'submit')

export const decide = (survey: Survey, command: SurveyCommand, context: Context<Survey>) =>
  match([survey, command])
    .returnType<(SurveyEvent | On<SurveyEvent>)[]>()
    .with([{ status: 'none' }, { type: 'ask' }], ([, said]) => ask(said, context))
    .with([{ status: 'none' }, { type: 'ask-for-task' }], ([, said]) => askForTask(said, context))
    .with([{ status: P.not('none') }, { type: P.union('ask', 'ask-for-task') }], () => [])
    .with([{ status: pending }, { type: 'save' }], ([asked, said]) => save(asked, said, context))
    .with([{ status: pending }, { type: 'submit' }], ([asked, said]) =>
      submit(asked, said, context),
    )
    .with([{ status: 'answered' }, { type: handingIn }], ([{ responses }, said]) =>
      submitAgain(responses, said, context),
    )
    .with([{ status: 'answered' }, { type: 'amend' }], ([answered, said]) =>
      amend(answered, said, context),
    )
    .with([{ status: 'asked' }, { type: 'expire' }], ([{ expires }]) =>
      context.now < expires ? [] : [{ type: 'survey.expired', at: expires }],
    )
    .with([P.any, { type: 'expire' }], () => [])
    .with([{ status: 'none' }, { type: 'submit-anonymously' }], ([, said]) =>
      submitAnonymously(said, context),
    )
    .with([{ status: 'anonymous' }, { type: 'submit-anonymously' }], ([known, said]) =>
      submitAgain([known], said, context),
    )
    .with([{ status: pending }, { type: 'amend' }], () =>
      refuse('survey.not-answered', { survey: context.id }),
    )
    .with(
      [P.any, { type: P.union('save', 'submit', 'amend', 'submit-anonymously') }],
      // Neither an id nor a token is repeated: what does not exist may be somebody's guess.
      () => refuse('survey.unknown'),
    )
    .exhaustive()
