import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dischargeSatisfaction } from '../packs/surveys/discharge-satisfaction.ts'
import { inpatientExperience } from '../packs/surveys/inpatient-experience.ts'
import { outpatientSatisfaction } from '../packs/surveys/outpatient-satisfaction.ts'
import { friendsAndFamily, netPromoter } from '../packs/surveys/recommendation.ts'
import type { SurveyAnswers } from './answer.ts'
import { checkAnswers } from './check-answers.ts'
import { Questionnaire, questionsOf } from './questionnaire.ts'
import { scoreSurvey } from './score-survey.ts'
import { questionnaireOf, SurveyRules } from './survey-rules.ts'
import { nextQuestion, visibleQuestions } from './visible.ts'

const word = (text: string) => ({ 'zh-CN': text, en: text })
const option = (value: string, score?: number) => ({
  value,
  title: word(value),
  ...(score !== undefined && { score }),
})
const single = (id: string, more: object = {}) => ({
  id,
  title: word(id),
  kind: 'single',
  options: [option('good', 100), option('fair', 50), option('bad', 0), option('none')],
  ...more,
})
const section = (id: string, questions: object[], more: object = {}) => ({
  id,
  title: word(id),
  questions,
  ...more,
})
const made = (sections: object[], more: object = {}) =>
  Questionnaire.parse({ id: 'q', version: 1, title: word('q'), sections, ...more })
const codesOf = (sections: object[], more: object = {}) => {
  const input = { id: 'q', version: 1, title: word('q'), sections, ...more }
  const { error } = Questionnaire.safeParse(input)
  return error?.issues.map(({ message, path }) => `${message} at ${path.join('.')}`) ?? []
}
const instruments = [
  dischargeSatisfaction,
  inpatientExperience,
  outpatientSatisfaction,
  friendsAndFamily,
  netPromoter,
]

describe('an instrument of the library', () => {
  it.each(instruments.map((each) => [each.id, each]))('%s has no fault', (_, instrument) => {
    expect(Questionnaire.parse(instrument)).toEqual(instrument)
  })

  it('can be told apart by its version, and by its id is the newest one', () => {
    const second = { ...netPromoter, version: 2 }
    const rules = SurveyRules.parse({ questionnaires: [second, netPromoter] })
    expect(questionnaireOf(rules, 'net-promoter')).toEqual(second)
    expect(questionnaireOf(rules, 'net-promoter@1')).toEqual(netPromoter)
    expect(questionnaireOf(rules, 'net-promoter@3')).toBeUndefined()
    const twice = SurveyRules.safeParse({ questionnaires: [netPromoter, netPromoter] })
    expect(twice.error?.issues[0]?.message).toBe('survey.questionnaire-twice')
  })
})

describe('a questionnaire', () => {
  const when = (fact: string, value = 'good') => ({ when: { fact, op: 'eq', value } })
  const flag = { id: 'f', title: word('f'), role: 'r', withinHours: 1, ...when('a', 'bad') }
  const scale = { low: word('l'), high: word('h'), title: word('s'), kind: 'scale' }

  it.each([
    [
      'asks for what comes later',
      [single('a', when('b')), single('b')],
      {},
      'rules.unknown-word at sections.0.questions.0.when',
    ],
    [
      'asks for a free text',
      [{ id: 't', title: word('t'), kind: 'text' }, single('b', when('t'))],
      {},
      'rules.unknown-word at sections.0.questions.1.when',
    ],
    [
      'waits for an answer that nobody can give',
      [single('a'), single('b', when('a', 'green'))],
      {},
      'survey.no-such-option at sections.0.questions.1.when',
    ],
    [
      'asks a thing twice',
      [single('a'), single('a')],
      {},
      'survey.question-twice at sections.0.questions.1.id',
    ],
    [
      'offers an answer twice',
      [single('a', { options: [option('x'), option('x')] })],
      {},
      'survey.option-twice at sections.0.questions.0.options',
    ],
    [
      'has a scale without a length',
      [{ id: 's', from: 5, to: 5, ...scale }],
      {},
      'survey.scale-is-empty at sections.0.questions.0.to',
    ],
    [
      'flags twice by one name',
      [single('a')],
      { redFlags: [flag, flag] },
      'survey.red-flag-twice at redFlags.1.id',
    ],
    [
      'makes a net promoter score of another scale',
      [{ id: 's', from: 1, to: 10, ...scale }],
      { recommends: 's' },
      'survey.recommends-not-0-to-10 at recommends',
    ],
  ])('that %s is refused', (_, questions, more, fault) => {
    expect(codesOf([section('one', questions)], more)).toEqual([fault])
  })

  it('may name what an earlier section asked', () => {
    const sections = [section('one', [single('a')]), section('two', [single('b')], when('a'))]
    expect(codesOf(sections)).toEqual([])
    expect(codesOf([sections[1] ?? {}, sections[0] ?? {}])).toHaveLength(1)
    expect(codesOf([section('one', [single('a')]), section('one', [single('b')])])).toEqual([
      'survey.section-twice at sections.1.id',
    ])
  })
})

describe('answers', () => {
  const chain = made([
    section('one', [
      single('a'),
      single('b', { when: { fact: 'a', op: 'eq', value: 'bad' } }),
      single('c', { when: { fact: 'b', op: 'eq', value: 'bad' } }),
    ]),
  ])
  const ids = (answers: SurveyAnswers) => visibleQuestions(chain, answers).map(({ id }) => id)

  it('show the questions that follow from them, and those to hidden questions show nothing', () => {
    expect(ids({})).toEqual(['a'])
    expect(ids({ a: 'bad' })).toEqual(['a', 'b'])
    expect(ids({ a: 'bad', b: 'bad' })).toEqual(['a', 'b', 'c'])
    expect(ids({ a: 'good', b: 'bad' })).toEqual(['a'])
  })

  it('lead from question to question until all that is shown is answered', () => {
    expect(nextQuestion(chain, {})?.id).toBe('a')
    expect(nextQuestion(chain, { a: null })).toBeUndefined()
    expect(nextQuestion(chain, { a: 'bad', b: 'good' })).toBeUndefined()
    expect(nextQuestion(netPromoter, { recommend: 3 }, ['why'])).toBeUndefined()
  })

  it('are checked by kind, option and range, without a word of what was said', () => {
    const title = word('x')
    const all = made([
      section('one', [
        single('a'),
        single('m', { kind: 'multiple' }),
        { id: 's', title, kind: 'scale', from: 1, to: 5, low: title, high: title },
        { id: 'n', title, kind: 'number', min: 0 },
        { id: 't', title, kind: 'text' },
      ]),
    ])
    expect(checkAnswers(all, { a: 'good', m: ['good', 'bad'], s: 5, n: 0.5 })).toEqual([])
    expect(checkAnswers(all, { a: null, m: null, s: null, n: null })).toEqual([])
    const wrong = { a: 'green', m: 'good', s: 6, n: -1, t: 'words', u: 1 }
    expect(checkAnswers(all, wrong).map(({ question, code }) => `${question} ${code}`)).toEqual([
      'a unknown-option',
      'm wrong-kind',
      's out-of-range',
      'n out-of-range',
      't wrong-kind',
      'u unknown-question',
    ])
    expect(checkAnswers(all, { m: ['bad', 'bad'], s: 1.5 }).map(({ code }) => code)).toEqual([
      'option-twice',
      'wrong-kind',
    ])
  })
})

describe('the score of a response', () => {
  it('is the mean of the sections, each of its answered questions', () => {
    const of = made([
      section('one', [single('a'), single('b')]),
      section('two', [single('c'), single('d'), single('e')]),
    ])
    const score = scoreSurvey(of, { a: 'good', b: 'fair', c: 'bad', d: 'fair', e: 'none' })
    expect(score).toMatchObject({ sections: { one: 75, two: 25 }, overall: 50, points: 50 })
    expect(score).toMatchObject({ isComplete: true, satisfied: false, redFlags: [] })
  })

  it('is none where too little of a section was answered, or nothing applied', () => {
    const of = made([section('one', [single('a'), single('b'), single('c')])])
    expect(scoreSurvey(of, { a: 'good' })).toMatchObject({ overall: null, isComplete: false })
    expect(scoreSurvey(of, { a: 'good', b: 'bad' })).toMatchObject({ overall: 50 })
    expect(scoreSurvey(of, { a: 'none', b: 'none', c: null })).toMatchObject({
      overall: null,
      points: null,
      satisfied: null,
      isComplete: true,
    })
  })

  it('takes a scale in a straight line, and turned round where the low end is the good one', () => {
    const ends = { low: word('l'), high: word('h'), title: word('s') }
    const scales = (reversed: boolean) =>
      made([section('one', [{ id: 's', kind: 'scale', from: 1, to: 5, reversed, ...ends }])])
    expect([1, 2, 5].map((s) => scoreSurvey(scales(false), { s }).overall)).toEqual([0, 25, 100])
    expect([1, 2, 5].map((s) => scoreSurvey(scales(true), { s }).overall)).toEqual([100, 75, 0])
  })

  it('flags what somebody must look at, and reads the recommendation', () => {
    const score = scoreSurvey(dischargeSatisfaction, { worse: 'yes', recommend: 9 })
    expect(score).toMatchObject({ redFlags: ['worse'], recommend: 9, isComplete: false })
    expect(scoreSurvey(friendsAndFamily, { overall: 'good' }).satisfied).toBe(true)
    expect(scoreSurvey(friendsAndFamily, { overall: 'do-not-know' }).satisfied).toBeNull()
  })

  it('does not change by answers to what was not shown', () => {
    const given = fc.record(
      Object.fromEntries(
        questionsOf(outpatientSatisfaction).flatMap((question) =>
          'options' in question
            ? [[question.id, fc.constantFrom(...question.options.map(({ value }) => value))]]
            : [],
        ),
      ),
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(given, (drawn) => {
        const answers = drawn as SurveyAnswers
        const shown = visibleQuestions(outpatientSatisfaction, answers).map(({ id }) => id)
        const only = Object.fromEntries(
          Object.entries(answers).filter(([id]) => shown.includes(id)),
        )
        expect(scoreSurvey(outpatientSatisfaction, answers)).toEqual(
          scoreSurvey(outpatientSatisfaction, only),
        )
      }),
      { numRuns: 200 },
    )
  })
})
