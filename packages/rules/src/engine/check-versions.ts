import type { RuleSet } from '../table/rule-set.ts'
import type { Report } from './finding.ts'

/** The versions of each set, by the day they begin: no two alike, and no day without one between them. */
export const checkVersions = (sets: readonly RuleSet[], report: Report): void => {
  for (const versions of Map.groupBy(sets, ({ id }) => id).values()) {
    const ordered = versions.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    const names = new Set<string>()
    ordered.forEach((set, place) => {
      const more = { set: `${set.id}@${set.version}` }
      if (names.has(set.version)) {
        report('error', 'duplicate', ['version'], 'this version stands here twice', more)
      }
      names.add(set.version)
      const before = ordered[place - 1]
      if (!before) return
      const { validTo } = before
      if (before.validFrom === set.validFrom) {
        const message = `version ${before.version} begins on the same day`
        report('error', 'validity', ['validFrom'], message, more)
      } else if (validTo !== undefined && validTo < set.validFrom) {
        const message = `no version is in force from ${validTo} to the day before ${set.validFrom}`
        report('warning', 'validity-gap', ['validFrom'], message, more)
      } else if (validTo !== undefined && validTo > set.validFrom) {
        const message = `version ${before.version} has not ended when this begins, and gives way to it`
        report('warning', 'validity', ['validFrom'], message, more)
      }
    })
  }
}
