/**
 * What an emitted module needs besides its rules, written out as JavaScript so that it depends on
 * nothing. It restates `answers` and `decimalKey`, to which tests hold it.
 */
export const preamble = `const frozen = (json) => {
  if (typeof json === 'object' && json !== null) Object.values(json).forEach(frozen)
  return Object.freeze(json)
}
const decision = (text) => frozen(JSON.parse(text))
const big = (text, scale) => {
  const [whole, fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}
const decimals = (text) => (text.split('.')[1] ?? '').length
const key = (text, scale) => {
  if (text === undefined) return text
  const places = decimals(text)
  if (places <= scale && text.length + scale <= 15) return Math.round(text * 10 ** scale) * 2
  const per = 10n ** BigInt(Math.max(0, places - scale))
  const units = big(text, Math.max(places, scale))
  const rest = ((units % per) + per) % per
  const twice = ((units - rest) / per) * 2n + (rest === 0n ? 0n : 1n)
  return Number.isSafeInteger(Number(twice)) ? Number(twice) : twice
}
const instant = (text) => (text === undefined ? text : Date.parse(text))
const fixed = (units, scale) => {
  const text = \`\${units}\`.padStart(scale + 1, '0')
  return \`\${text.slice(0, -scale)}.\${text.slice(-scale)}\`
}
const safe = (units) => {
  if (Number.isSafeInteger(Number(units))) return Number(units)
  throw new Error('rules.amount-unsafe')
}
const call = (run, args) => (args.includes(undefined) ? undefined : (run(...args) ?? undefined))
const order = (type, a, b) => {
  if (type === 'decimal') {
    const scale = Math.max(decimals(a), decimals(b))
    return order('', big(a, scale), big(b, scale))
  }
  if (type === 'instant') return Date.parse(a) - Date.parse(b)
  return a < b ? -1 : a > b ? 1 : 0
}
const answers = (type, op, value, operands, closed) => {
  if (op === 'missing') return value === undefined
  if (value === undefined || operands.includes(undefined)) return false
  const [first, second] = operands
  const by = (other) => order(type, value, other)
  switch (op) {
    case 'present': return true
    case 'eq': return by(first) === 0
    case 'ne': return by(first) !== 0
    case 'lt': return by(first) < 0
    case 'le': return by(first) <= 0
    case 'gt': return by(first) > 0
    case 'ge': return by(first) >= 0
    case 'in': return operands.some((one) => by(one) === 0)
    case 'not-in': return operands.every((one) => by(one) !== 0)
    case 'between':
      return (
        (closed[0] === '[' ? by(first) >= 0 : by(first) > 0) &&
        (closed[1] === ']' ? by(second) <= 0 : by(second) < 0)
      )
    case 'starts-with': return value.startsWith(first)
    case 'ends-with': return value.endsWith(first)
    case 'equals-ignore-case': return value.toLowerCase() === first.toLowerCase()
    default: return value.includes(first)
  }
}
`
