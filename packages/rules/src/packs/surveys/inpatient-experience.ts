import type { Questionnaire } from '../../survey/questionnaire.ts'
import { howOften, remark, say, whether, whetherAtAll } from './items.ts'

/**
 * Experience of a stay by how often things happened, built as HCAHPS is (frequencies, screening
 * questions, a rating from 0 to 10), in this project's own words: its figures are not HCAHPS scores.
 */
export const inpatientExperience: Questionnaire = {
  id: 'inpatient-experience',
  version: 1,
  title: say('住院体验调查', 'Experience of a stay in hospital'),
  sections: [
    {
      id: 'nurses',
      title: say('护士', 'Nurses'),
      minAnsweredShare: 0.5,
      questions: [
        howOften('nurses-courteous', say('护士待您有礼貌吗?', 'Were the nurses courteous to you?')),
        howOften('nurses-listened', say('护士认真听您说话吗?', 'Did the nurses hear you out?')),
        howOften(
          'nurses-explained',
          say('护士讲得清楚易懂吗?', 'Did the nurses speak so that you understood?'),
        ),
      ],
    },
    {
      id: 'doctors',
      title: say('医生', 'Doctors'),
      minAnsweredShare: 0.5,
      questions: [
        howOften(
          'doctors-courteous',
          say('医生待您有礼貌吗?', 'Were the doctors courteous to you?'),
        ),
        howOften('doctors-listened', say('医生认真听您说话吗?', 'Did the doctors hear you out?')),
        howOften(
          'doctors-explained',
          say('医生讲得清楚易懂吗?', 'Did the doctors speak so that you understood?'),
        ),
      ],
    },
    {
      id: 'medicines',
      title: say('新用的药', 'New medicines'),
      minAnsweredShare: 0.5,
      questions: [
        whetherAtAll(
          'new-medicine',
          say('住院期间给您用过新药吗?', 'Were you given a medicine that was new to you?'),
        ),
        howOften(
          'medicine-purpose',
          say('用药前有人告诉您药的作用吗?', 'Were you told beforehand what it was for?'),
          {
            when: { fact: 'new-medicine', op: 'eq', value: 'yes' },
          },
        ),
        howOften(
          'medicine-effects',
          say('用药前有人告诉您可能的副作用吗?', 'Were you told beforehand what else it might do?'),
          {
            when: { fact: 'new-medicine', op: 'eq', value: 'yes' },
          },
        ),
      ],
    },
    {
      id: 'surroundings',
      title: say('环境', 'Surroundings'),
      minAnsweredShare: 0.5,
      questions: [
        howOften('clean', say('病房和卫生间干净吗?', 'Were your room and bathroom clean?')),
        howOften('quiet', say('夜间病房安静吗?', 'Was it quiet at night?')),
      ],
    },
    {
      id: 'discharge',
      title: say('出院', 'Going home'),
      minAnsweredShare: 0.5,
      questions: [
        whether(
          'help-at-home',
          say(
            '出院前有人问过您回家后是否有人照顾吗?',
            'Did anybody ask whether you had help at home?',
          ),
        ),
        whether(
          'written-advice',
          say('您拿到书面的注意事项了吗?', 'Were you given written advice on what to watch?'),
        ),
      ],
    },
    {
      id: 'rating',
      title: say('总体', 'All in all'),
      minAnsweredShare: 1,
      questions: [
        {
          id: 'rating',
          title: say(
            '0 分最差,10 分最好,您给这次住院打几分?',
            'From 0, the worst, to 10, the best: how was your stay?',
          ),
          required: true,
          kind: 'scale',
          from: 0,
          to: 10,
          low: say('最差', 'Worst'),
          high: say('最好', 'Best'),
          reversed: false,
          scored: true,
        },
        remark('remark', say('您还有什么想说的?', 'What else would you like to say?')),
      ],
    },
  ],
  redFlags: [
    {
      id: 'rated-at-worst',
      title: say('总体评分很低', 'Rated at the lowest'),
      when: { fact: 'rating', op: 'le', value: 2 },
      role: 'patient-relations',
      withinHours: 72,
    },
  ],
  satisfiedWhen: { fact: 'rating', op: 'ge', value: 9 },
}
