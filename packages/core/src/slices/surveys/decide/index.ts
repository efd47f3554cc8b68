import { match, P } from 'ts-pattern'
import { refuse } from '../../../kernel/refusal.ts'
import type { Context, On } from '../../../kernel/slice.ts'
import type { Survey, SurveyCommand, SurveyEvent } from '../schema.ts'
import { ask, askForTask } from './ask.ts'
import { amend, save, submit, submitAgain, submitAnonymously } from './hand-in.ts'

type Decided = (SurveyEvent | On<SurveyEvent>)[]

// Neither an id nor a token is repeated: what does not exist may be somebody's guess.
const unknown = () => refuse('survey.unknown')

export const decide = (survey: Survey, command: SurveyCommand, context: Context<Survey>) =>
  match(command)
    .returnType<Decided>()
    .with({ type: 'ask' }, (said) => (survey.status === 'none' ? ask(said, context) : []))
    .with({ type: 'ask-for-task' }, (said) =>
      survey.status === 'none' ? askForTask(said, context) : [],
    )
    .with({ type: P.union('save', 'submit') }, (said) => handIn(survey, said, context))
    .with({ type: 'amend' }, (said) =>
      match(survey)
        .returnType<Decided>()
        .with({ status: 'answered' }, (answered) => amend(answered, said, context))
        .with({ status: P.union('asked', 'expired') }, () =>
          refuse('survey.not-answered', { survey: context.id }),
        )
        .with({ status: P.union('none', 'invited', 'token', 'anonymous') }, unknown)
        .exhaustive(),
    )
    .with({ type: 'expire' }, () =>
      survey.status === 'asked' && context.now >= survey.expires
        ? [{ type: 'survey.expired', at: survey.expires }]
        : [],
    )
    .with({ type: 'submit-anonymously' }, (said) =>
      match(survey)
        .returnType<Decided>()
        .with({ status: 'none' }, () => submitAnonymously(said, context))
        .with({ status: 'anonymous' }, (known) => submitAgain([known], said, context))
        .with({ status: P.string }, unknown)
        .exhaustive(),
    )
    .exhaustive()

const handIn = (
  survey: Survey,
  said: Extract<SurveyCommand, { type: 'save' | 'submit' }>,
  context: Context<Survey>,
) =>
  match(survey)
    .returnType<Decided>()
    .with({ status: P.union('asked', 'expired') }, (asked) =>
      said.type === 'save' ? save(asked, said, context) : submit(asked, said, context),
    )
    .with({ status: 'answered' }, ({ responses }) => submitAgain(responses, said, context))
    .with({ status: P.union('none', 'invited', 'token', 'anonymous') }, unknown)
    .exhaustive()
