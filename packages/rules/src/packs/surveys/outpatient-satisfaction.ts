import type { Questionnaire } from '../../survey/questionnaire.ts'
import { howSatisfied, recommendation, remark, say, whetherAtAll } from './items.ts'

/** What an outpatient is asked: the dimensions of Chinese outpatient surveys in this project's own words. */
export const outpatientSatisfaction: Questionnaire = {
  id: 'outpatient-satisfaction',
  version: 1,
  title: say('门诊患者满意度调查', 'Satisfaction with a visit to the outpatient clinic'),
  sections: [
    {
      id: 'arrival',
      title: say('挂号与候诊', 'Booking and waiting'),
      minAnsweredShare: 0.5,
      questions: [
        howSatisfied('booking', say('挂号是否方便?', 'How easy it was to book')),
        howSatisfied('waiting', say('候诊时间您满意吗?', 'How long you waited')),
        howSatisfied('signs', say('院内环境和标识您满意吗?', 'The building and its signs')),
      ],
    },
    {
      id: 'consultation',
      title: say('就诊', 'The consultation'),
      minAnsweredShare: 0.5,
      questions: [
        howSatisfied(
          'doctor',
          say('医生的倾听和解释您满意吗?', 'How the doctor listened and explained'),
        ),
        howSatisfied(
          'staff',
          say('其他工作人员的回应您满意吗?', 'How the other staff answered you'),
        ),
        howSatisfied('privacy', say('就诊时隐私的保护您满意吗?', 'How your privacy was kept')),
        whetherAtAll('medicines-given', say('这次开药了吗?', 'Were you given medicines?')),
        howSatisfied('medicines', say('用药的说明您满意吗?', 'How your medicines were explained'), {
          when: { fact: 'medicines-given', op: 'eq', value: 'yes' },
        }),
      ],
    },
    {
      id: 'end',
      title: say('总体', 'All in all'),
      minAnsweredShare: 0.5,
      questions: [
        recommendation(
          say('您会把我们医院推荐给亲友吗?', 'Would you recommend us to your family?'),
        ),
        remark('remark', say('您还有什么意见和建议?', 'What else would you like to say?')),
      ],
    },
  ],
  redFlags: [],
  recommends: 'recommend',
}
