import { match } from 'ts-pattern'
import type { Survey, SurveyEvent } from './schema.ts'

type Answer = Extract<SurveyEvent, { type: 'survey.submitted' | 'survey.amended' }>

const responseOf = ({ answers, texts, mode, by, proxy, score, at, ...rest }: Answer) => ({
  ...{ answers, texts, mode, score, at },
  ...(by !== undefined && { by }),
  ...(proxy !== undefined && { proxy }),
  ...('why' in rest && { why: rest.why }),
})

export const evolve = (survey: Survey, event: SurveyEvent): Survey =>
  match(event)
    .returnType<Survey>()
    .with({ type: 'survey.asked' }, ({ type: _, at: __, ...asked }) => ({
      status: 'asked',
      ...asked,
    }))
    .with({ type: 'survey.token-issued' }, ({ of }) => ({ status: 'token', of }))
    .with({ type: 'survey.invited-anonymously' }, ({ questionnaire, at }) => ({
      ...{ status: 'invited', questionnaire, invitedAt: at },
    }))
    .with({ type: 'survey.saved' }, ({ answers, texts }) =>
      'token' in survey && survey.status !== 'answered'
        ? { ...survey, draft: { answers, texts } }
        : survey,
    )
    .with({ type: 'survey.submitted' }, (said) => {
      if (!('token' in survey) || survey.status === 'answered') return survey
      const { draft: _, ...asked } = survey
      return { ...asked, status: 'answered', responses: [responseOf(said)] }
    })
    .with({ type: 'survey.amended' }, (said) =>
      survey.status === 'answered'
        ? { ...survey, responses: [...survey.responses, responseOf(said)] }
        : survey,
    )
    .with({ type: 'survey.expired' }, () =>
      survey.status === 'asked' ? { ...survey, status: 'expired' } : survey,
    )
    .with({ type: 'survey.answered-anonymously' }, ({ type: _, flags: __, ...said }) => ({
      status: 'anonymous',
      ...said,
    }))
    .exhaustive()
