import { expect, it } from 'vitest'
import { recent } from './recent.ts'

it('remembers what was asked last, and forgets what nobody asks for', () => {
  const asked: string[] = []
  const answer = recent(4, (question) => {
    asked.push(question)
    return question.toUpperCase()
  })
  const questions = ['a', 'b', 'a', 'c', 'a', 'd', 'e', 'a', 'f', 'b']
  expect(questions.map(answer)).toEqual(questions.map((question) => question.toUpperCase()))
  expect(asked).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'b'])
})
