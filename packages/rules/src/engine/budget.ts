import type { Path } from '../condition/fold.ts'
import type { Report } from './finding.ts'

/** How much a rule set from outside may hold; the cost of checking it is bounded by these. */
export interface Limits {
  /** Levels of nesting. */
  readonly depth: number
  /** Values in all, keys and elements counted once each. */
  readonly nodes: number
  /** Characters of one text. */
  readonly text: number
  /** Nodes of the decision diagram by which rules are analysed and decided. */
  readonly diagramNodes: number
}

export const defaultLimits: Limits = {
  depth: 32,
  nodes: 200_000,
  text: 10_000,
  diagramNodes: 20_000,
}

/** An array may have a function of its own by this name, which is not to be called. */
const placesOf = Array.prototype.keys

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

interface Visit {
  readonly value: unknown
  readonly key: string | number | null
  readonly parent: Visit | null
  readonly depth: number
}

/**
 * Walks data of any origin in a plain loop and reports the first thing that keeps it from being looked
 * at more closely: too much of it, a key that reaches for a prototype, or what is no JSON. Calls no
 * code that the data may carry.
 */
export const withinBudget = (data: unknown, limits: Limits, report: Report): boolean => {
  const stack: Visit[] = [{ value: data, key: null, parent: null, depth: 0 }]
  let left = limits.nodes
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    left -= 1
    const { value, depth } = visit
    const fault = valueFault(value, depth, left, limits)
    if (fault) {
      report('error', fault.code, pathOf(visit), fault.message)
      return false
    }
    if (typeof value !== 'object' || value === null) continue
    const keys = Array.isArray(value) ? placesOf.call(value) : Object.keys(value)
    for (const key of keys) {
      const property = Object.getOwnPropertyDescriptor(value, key)
      const child = { value: property?.value, key, parent: visit, depth: depth + 1 }
      const fault = keyFault(key, property, limits)
      if (fault) {
        report('error', fault.code, pathOf(child), fault.message)
        return false
      }
      stack.push(child)
      if (stack.length > left) {
        report('error', 'budget', pathOf(visit), `more than ${limits.nodes} values`)
        return false
      }
    }
  }
  return true
}

const keyFault = (
  key: string | number,
  property: PropertyDescriptor | undefined,
  { text }: Limits,
) => {
  if (typeof key === 'string' && forbidden.has(key)) {
    return { code: 'forbidden-key', message: 'a key that no rule set has' } as const
  }
  if (typeof key === 'string' && key.length > text) {
    return { code: 'budget', message: `a key longer than ${text} characters` } as const
  }
  return property && 'value' in property
    ? null
    : ({ code: 'not-json', message: 'a plain value expected' } as const)
}

const valueFault = (value: unknown, depth: number, left: number, limits: Limits) => {
  if (left < 0) return { code: 'budget', message: `more than ${limits.nodes} values` } as const
  if (depth > limits.depth) {
    return { code: 'budget', message: `nested deeper than ${limits.depth} levels` } as const
  }
  if (typeof value === 'string' && value.length > limits.text) {
    return { code: 'budget', message: `a text longer than ${limits.text} characters` } as const
  }
  return isJson(value) ? null : ({ code: 'not-json', message: 'no value of JSON' } as const)
}

/** What is undefined counts as not there. */
const isJson = (value: unknown): boolean => {
  if (value === undefined) return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean'
  if (value === null || Array.isArray(value)) return true
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

const pathOf = (visit: Visit): Path => {
  const path: (string | number)[] = []
  for (let at: Visit | null = visit; at; at = at.parent) {
    if (at.key !== null) path.unshift(typeof at.key === 'string' ? at.key.slice(0, 100) : at.key)
  }
  return path
}
