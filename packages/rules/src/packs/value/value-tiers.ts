import type { RuleBook } from '../../engine/rule-book.ts'
import { frequency, monetary, recency, rfm } from './rfm.ts'
import { valueScore, valueTier } from './weighted.ts'

const score = (outcomeOf: string) => ({ type: 'integer' as const, min: 1, max: 5, outcomeOf })

/**
 * Which customers matter most to the hospital's revenue, as a rule book to begin with: by recency,
 * frequency and amount (`rfm`), and by a weighted score (`value-tier`). It says what somebody has paid
 * and nothing of what they need: no follow-up plan of this library asks for it.
 */
export const valueTiers: RuleBook = {
  format: 'rule-book/1',
  title: '客户价值分级',
  facts: {
    daysSinceLast: { type: 'integer', min: 0, label: '距上次就诊天数' },
    visits: { type: 'integer', min: 0, label: '两年内就诊次数' },
    paid: { type: 'decimal', min: '0', decimals: 2, label: '两年内实付金额' },
    department: { type: 'string', label: '主要就诊科室' },
    region: { type: 'string', values: ['city', 'county', 'outside'], label: '地区' },
    payer: {
      type: 'string',
      values: ['public-insurance', 'commercial', 'company', 'self'],
      label: '支付方',
    },
    recency: score('recency'),
    frequency: score('frequency'),
    monetary: score('monetary'),
    score: { type: 'number', min: 0, outcomeOf: 'value-score' },
  },
  sets: [recency, frequency, monetary, rfm, valueScore, valueTier],
}
