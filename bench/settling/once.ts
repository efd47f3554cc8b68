// Settles one invented month and says how much memory the process took at most, in kilobytes.
import { settleByRules } from './by-rules.ts'
import { inventedMonth } from './invented-month.ts'

let statements = 0
settleByRules(inventedMonth(Number(process.argv[2])), () => {
  statements += 1
})
if (statements === 0) throw new Error('nothing was settled')
console.log(process.resourceUsage().maxRSS)
