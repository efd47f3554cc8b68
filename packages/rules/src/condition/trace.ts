import type { Condition, Test } from './condition.ts'
import { answers, operandsOf, type Scene, type Seen } from './holds.ts'

/** A condition as it was looked at, with what was expected and what was there; `note` is the rule's own. */
export type Trace = { readonly ok: boolean; readonly note?: string } & (
  | {
      readonly kind: 'test'
      /** The fact, or the function with the arguments it was called with. */
      readonly of: string
      readonly args?: readonly Seen[]
      readonly label?: string
      readonly op: string
      readonly expected: Seen | readonly Seen[]
      readonly actual: Seen
    }
  | { readonly kind: 'all' | 'any' | 'not'; readonly parts: readonly Trace[] }
  | { readonly kind: 'use'; readonly name: string; readonly parts: readonly Trace[] }
)

/** What facts are called, for traces. */
export type LabelOf = (fact: string) => string | undefined

/** Answers as `holds` does, and says how it came to that. What was not looked at is not in the trace. */
export const traceOf = (condition: Condition, scene: Scene, labelOf: LabelOf): Trace => {
  const noted = condition.note === undefined ? {} : { note: condition.note }
  const trace = (part: Condition) => traceOf(part, scene, labelOf)
  if ('all' in condition) {
    const parts = until(condition.all, false, trace)
    return { kind: 'all', ok: parts.every(({ ok }) => ok), parts, ...noted }
  }
  if ('any' in condition) {
    const parts = until(condition.any, true, trace)
    return { kind: 'any', ok: parts.some(({ ok }) => ok), parts, ...noted }
  }
  if ('not' in condition) {
    const part = trace(condition.not)
    return { kind: 'not', ok: !part.ok, parts: [part], ...noted }
  }
  if ('use' in condition) {
    const part = trace(scene.named(condition.use))
    return { kind: 'use', name: condition.use, ok: part.ok, parts: [part], ...noted }
  }
  return { ...testTrace(condition, scene, labelOf), ...noted }
}

/** The traces up to and with the first that answers so. */
export const until = (
  conditions: readonly Condition[],
  answer: boolean,
  trace: (condition: Condition) => Trace,
): readonly Trace[] => {
  const traces: Trace[] = []
  for (const condition of conditions) {
    const one = trace(condition)
    traces.push(one)
    if (one.ok === answer) break
  }
  return traces
}

const testTrace = (test: Test, scene: Scene, labelOf: LabelOf): Trace => {
  const actual = scene.seen(test)
  const operands = operandsOf(test).map(scene.seen)
  const ok = answers(scene.typeOf(test), test, actual, operands)
  const isList = operands.length > 1 || test.op === 'in' || test.op === 'not-in'
  const expected = isList ? operands : (operands[0] ?? null)
  const asked = { kind: 'test', ok, op: test.op ?? 'holds', expected, actual } as const
  if ('fn' in test) return { ...asked, of: test.fn, args: test.args.map(scene.seen) }
  const label = labelOf(test.fact)
  return { ...asked, of: test.fact, ...(label === undefined ? {} : { label }) }
}
