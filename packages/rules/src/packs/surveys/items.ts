import type { Question, Wording } from '../../survey/question.ts'

type Options = Extract<Question, { kind: 'single' }>['options']

export const say = (chinese: string, english: string): Wording => ({
  'zh-CN': chinese,
  en: english,
})

const doesNotApply = { value: 'not-applicable', title: say('不适用', 'Does not apply') }

/** Five steps of satisfaction, scored 100, 75, 50, 25, 0, and a way out. */
const satisfaction: Options = [
  { value: 'very-satisfied', title: say('非常满意', 'Very satisfied'), score: 100 },
  { value: 'satisfied', title: say('满意', 'Satisfied'), score: 75 },
  { value: 'neutral', title: say('一般', 'Neither'), score: 50 },
  { value: 'dissatisfied', title: say('不满意', 'Dissatisfied'), score: 25 },
  { value: 'very-dissatisfied', title: say('非常不满意', 'Very dissatisfied'), score: 0 },
  doesNotApply,
]

/** Four steps of how often. */
const frequency: Options = [
  { value: 'always', title: say('每次都是', 'Every time'), score: 100 },
  { value: 'usually', title: say('大多数时候', 'Mostly'), score: 200 / 3 },
  { value: 'sometimes', title: say('有时', 'Now and then'), score: 100 / 3 },
  { value: 'never', title: say('从来没有', 'Not once'), score: 0 },
]

const yesOrNo: Options = [
  { value: 'yes', title: say('是', 'Yes'), score: 100 },
  { value: 'no', title: say('否', 'No'), score: 0 },
]

const single =
  (options: Options) =>
  (
    id: string,
    title: Wording,
    more: Partial<Pick<Question, 'when' | 'required'>> = {},
  ): Question => ({
    id,
    title,
    required: true,
    ...more,
    kind: 'single',
    options,
  })

export const howSatisfied = single(satisfaction)
export const howOften = single(frequency)
export const whether = single(yesOrNo)

/** A question that decides what follows and is no judgement itself. */
export const whetherAtAll = single(yesOrNo.map(({ value, title }) => ({ value, title })))

/** From 0 to 10, as the net promoter score asks. */
export const recommendation = (title: Wording): Question => ({
  id: 'recommend',
  title,
  required: true,
  kind: 'scale',
  from: 0,
  to: 10,
  low: say('完全不会', 'Not at all'),
  high: say('一定会', 'Certainly'),
  reversed: false,
  scored: false,
})

export const remark = (id: string, title: Wording, when?: Question['when']): Question => ({
  id,
  title,
  required: false,
  ...(when && { when }),
  kind: 'text',
  longest: 2000,
})
