import type { Questionnaire } from '../../survey/questionnaire.ts'
import { howSatisfied, recommendation, remark, say, whetherAtAll } from './items.ts'

/**
 * What a call centre asks in the second week after a discharge: the dimensions of Chinese inpatient
 * surveys in this project's own words. A hospital replaces it by what its health authority gives it.
 */
export const dischargeSatisfaction: Questionnaire = {
  id: 'discharge-satisfaction',
  version: 1,
  title: say('出院患者满意度调查', 'Satisfaction after a stay in hospital'),
  sections: [
    {
      id: 'staff',
      title: say('医务人员', 'Staff'),
      minAnsweredShare: 0.5,
      questions: [
        howSatisfied(
          'doctors',
          say('医生对病情的解释您满意吗?', 'How the doctors explained your illness'),
        ),
        howSatisfied('nurses', say('护士的护理和态度您满意吗?', 'How the nurses cared for you')),
        howSatisfied(
          'response',
          say('您需要帮助时,工作人员是否及时到来?', 'How soon somebody came when you needed help'),
        ),
        howSatisfied('privacy', say('医院对您隐私的保护您满意吗?', 'How your privacy was kept')),
      ],
    },
    {
      id: 'treatment',
      title: say('诊疗', 'Treatment'),
      minAnsweredShare: 0.5,
      questions: [
        howSatisfied('pain-relief', say('疼痛的处理您满意吗?', 'What was done against pain')),
        howSatisfied('medicines', say('用药的说明您满意吗?', 'How your medicines were explained')),
        howSatisfied(
          'discharge-advice',
          say('出院时的康复和复诊指导您满意吗?', 'The advice for the time at home'),
        ),
      ],
    },
    {
      id: 'surroundings',
      title: say('环境与费用', 'Surroundings and cost'),
      minAnsweredShare: 0.5,
      questions: [
        howSatisfied('ward', say('病房的整洁和安静您满意吗?', 'How clean and quiet the ward was')),
        howSatisfied('meals', say('医院的饮食您满意吗?', 'The meals')),
        howSatisfied('billing', say('收费的清楚和透明您满意吗?', 'How clear the bill was')),
      ],
    },
    {
      id: 'since',
      title: say('出院以后', 'Since then'),
      minAnsweredShare: 0.5,
      questions: [
        whetherAtAll('worse', say('出院后病情有没有加重?', 'Has your illness become worse since?')),
        whetherAtAll(
          'asked-for-gifts',
          say(
            '有没有工作人员向您索要或收受钱物?',
            'Did anybody of the staff ask for or take a gift?',
          ),
        ),
        recommendation(
          say('您会把我们医院推荐给亲友吗?', 'Would you recommend us to your family?'),
        ),
        remark('remark', say('您还有什么意见和建议?', 'What else would you like to say?')),
      ],
    },
  ],
  redFlags: [
    {
      id: 'worse',
      title: say('出院后病情加重', 'Worse since the discharge'),
      when: { fact: 'worse', op: 'eq', value: 'yes' },
      role: 'attending',
      withinHours: 24,
    },
    {
      id: 'gifts',
      title: say('反映收受钱物', 'Gifts were asked for or taken'),
      when: { fact: 'asked-for-gifts', op: 'eq', value: 'yes' },
      role: 'patient-relations',
      withinHours: 72,
    },
    {
      id: 'very-dissatisfied',
      title: say('对医务人员非常不满意', 'Very dissatisfied with the staff'),
      when: {
        any: [
          { fact: 'doctors', op: 'eq', value: 'very-dissatisfied' },
          { fact: 'nurses', op: 'eq', value: 'very-dissatisfied' },
        ],
      },
      role: 'patient-relations',
      withinHours: 72,
    },
  ],
  recommends: 'recommend',
}
