import type { Ambiguity } from '../../commission/terms.ts'

/** Every passage of the rule book that can be read otherwise, and how this pack reads it. */
export const yangzhouAmbiguities: Ambiguity[] = [
  {
    id: 'part-or-whole',
    text: '月营销额在1-2万元部分,按6%提成',
    reading: 'Each part of the month is paid at its own rate.',
    alternative: 'The whole month is paid at the rate of the tier it ends in.',
    example: 'Before rewards, 52,000.00 earns 3,700.00 as read and 5,200.00 otherwise.',
  },
  {
    id: 'side-of-a-bound',
    text: '1万元以下部分 / 1-2万元部分',
    reading: 'A bound belongs to the tier below it; part by part this changes nothing.',
    alternative: 'A bound belongs to the tier above it.',
    example: 'Were the whole paid at one rate, 10,000.00 would earn 500.00 or 600.00.',
  },
  {
    id: 'reward-at-or-above',
    text: '月营销额在5万元以上部分……同时给予1000元奖励',
    reading: 'The reward is reached at 50,000.00: in statutes, 以上 includes the figure.',
    alternative: 'The reward is reached only above 50,000.00.',
    example: 'The reward at exactly 50,000.00 is 1,000.00 as read and 0.00 otherwise.',
  },
  {
    id: 'reward-steps-from',
    text: '5万元以上每增加2万元业绩另奖励1000元',
    reading: 'Steps count from 50,000.00: at 70,000.00, 90,000.00 and so on.',
    alternative: 'Steps stand at multiples of 20,000.00: at 60,000.00, 80,000.00 and so on.',
    example: 'The reward at 60,000.00 is 1,000.00 as read and 2,000.00 otherwise.',
  },
  {
    id: 'reward-full-steps',
    text: '每增加2万元业绩另奖励1000元',
    reading: 'Only full steps are paid.',
    alternative: 'Part of a step is paid in proportion.',
    example: 'The reward at 60,000.00 is 1,000.00 as read and 1,500.00 otherwise.',
  },
  {
    id: 'rewards-add-up',
    text: '另奖励1000元',
    reading: 'Each step is paid on top of those before it.',
    alternative: 'There is one further reward, however many steps are passed.',
    example: 'The reward at 90,000.00 is 3,000.00 as read and 2,000.00 otherwise.',
  },
  {
    id: 'revenue',
    text: '月营销额',
    reading: 'Fees charged less refunds, without drugs and without what an insurance fund paid.',
    alternative: 'All fees billed.',
    example:
      'Of 10,000.00 billed with 4,000.00 from the fund, 300.00 as read and 500.00 otherwise.',
  },
  {
    id: 'partner-share-first',
    text: '业绩提成 / 对介绍人的返点',
    reading: 'What a partner gets does not lessen the marketer’s revenue.',
    alternative: 'It is deducted first.',
    example: 'Of 10,000.00 with 1,000.00 to a partner, 500.00 as read and 450.00 otherwise.',
  },
  {
    id: 'month-of-what',
    text: '月营销额',
    reading: 'A fee counts in the month in which it was charged.',
    alternative: 'It counts in the month of the visit, of the discharge or of the payment.',
    example:
      'Two fees of 10,000.00, of March and April, earn 1,000.00 as read and 1,100.00 in one month.',
  },
  {
    id: 'month-below-nothing',
    text: '月营销额',
    reading: 'A month with more refunded than sold lessens the next one.',
    alternative: 'Every month begins at nothing.',
    example: 'After a month of -2,000.00, 12,000.00 earns 500.00 as read and 620.00 otherwise.',
  },
  {
    id: 'trial-and-part-time',
    text: '试用期……业绩提成正常计算',
    reading: 'Trial staff earn by the same tiers; part-timers by terms of their own.',
    alternative: 'Part-timers earn by these tiers too.',
    example: 'A part-timer’s 10,000.00 earns what was agreed as read and 500.00 otherwise.',
  },
  {
    id: 'course-of-treatment',
    text: '病人一疗程消费结束后填写单据',
    reading:
      'A slip counts for 30 days, and the patient’s visits for three months after the first.',
    alternative: 'Every visit needs a slip of its own, or one slip counts for ever.',
    example: 'A second visit after 60 days without a slip is credited as read and not otherwise.',
  },
  {
    id: 'tenfold-of-what',
    text: '严禁弄虚作假,如发现处以业绩的十倍罚款',
    reading: 'Ten times what the made-up results earned, besides giving that back.',
    alternative: 'Ten times the made-up revenue, or ten times in all with what is given back.',
    example: 'For 150.50 earned on 3,010.00: 1,505.00 as read, 30,100.00 or 1,354.50 otherwise.',
  },
  {
    id: 'rounding',
    text: '按5%提成',
    reading: 'The month is rounded once, half a fen up.',
    alternative: 'Each tier is rounded for itself.',
    example: 'With these bounds and rates both give the same.',
  },
]
