import type { Questionnaire } from '../../survey/questionnaire.ts'
import { recommendation, remark, say } from './items.ts'

/** The one question of the net promoter score, and why. */
export const netPromoter: Questionnaire = {
  id: 'net-promoter',
  version: 1,
  title: say('推荐意愿', 'Would you recommend us'),
  sections: [
    {
      id: 'recommendation',
      title: say('推荐意愿', 'Recommendation'),
      minAnsweredShare: 1,
      questions: [
        recommendation(
          say('您会把我们医院推荐给亲友吗?', 'Would you recommend us to your family?'),
        ),
        remark('why', say('主要原因是什么?', 'What is the main reason?')),
      ],
    },
  ],
  redFlags: [
    {
      id: 'detractor',
      title: say('完全不会推荐', 'Would not recommend us at all'),
      when: { fact: 'recommend', op: 'le', value: 2 },
      role: 'patient-relations',
      withinHours: 72,
    },
  ],
  recommends: 'recommend',
}

/**
 * One question about the whole, in six steps, as the Friends and Family Test of the English health
 * service has it since 2020: the two best count as positive, "don't know" counts among all.
 */
export const friendsAndFamily: Questionnaire = {
  id: 'friends-and-family',
  version: 1,
  title: say('总体体验', 'Your experience of our service'),
  sections: [
    {
      id: 'experience',
      title: say('总体体验', 'Experience'),
      minAnsweredShare: 1,
      questions: [
        {
          id: 'overall',
          title: say(
            '总的来说,您在我们这里的体验如何?',
            'All in all, how did you find our service?',
          ),
          required: true,
          kind: 'single',
          options: [
            { value: 'very-good', title: say('非常好', 'Very good'), score: 100 },
            { value: 'good', title: say('好', 'Good'), score: 75 },
            { value: 'neither', title: say('一般', 'Neither good nor poor'), score: 50 },
            { value: 'poor', title: say('差', 'Poor'), score: 25 },
            { value: 'very-poor', title: say('非常差', 'Very poor'), score: 0 },
            { value: 'do-not-know', title: say('不清楚', "Don't know") },
          ],
        },
        remark('why', say('请告诉我们原因', 'Please tell us why')),
      ],
    },
  ],
  redFlags: [],
  satisfiedWhen: { fact: 'overall', op: 'in', value: ['very-good', 'good'] },
}
