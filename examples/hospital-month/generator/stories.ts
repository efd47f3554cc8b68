import { accidents } from './accidents/index.ts'
import { hour, minute } from './china-time.ts'
import type { AccidentKind } from './planted.ts'
import { isDischarged, type Scene, type Story, type Told } from './story.ts'

/** A stay as most are; every third has its diagnosis settled in the course of it. */
const tellPlain = ({ random, stays, his }: Scene): Told => {
  const stay = stays.draw()
  const settled = { ...stay, diagnosis: random.pick(stay.department.diagnoses) }
  const minutes = Math.floor((stay.dischargedAt - stay.admittedAt - 4 * hour) / minute)
  const updates = random.chance(0.3)
    ? [his.updates(settled, stay.admittedAt + 2 * hour + random.int(0, minutes) * minute)]
    : []
  const drafts = [his.admits(stay), ...updates, his.discharges(settled)]
  return { stay: settled, fate: 'standing', drafts }
}

/**
 * Tells a month with exactly so many discharges on the HIS's list: first every accident as often as its share of
 * them says, then plain stays for the rest.
 */
export const tellMonth = (scene: Scene, discharges: number): Story[] => {
  const stories: Story[] = []
  for (const kind of Object.keys(accidents) as AccidentKind[]) {
    const random = scene.random.fork(kind)
    const { count, tell } = accidents[kind]
    const cases = count(discharges, random)
    for (let at = 0; at < cases; at += 1) {
      const [befallen, ...others] = tell({ ...scene, random }, at)
      if (befallen) stories.push({ ...befallen, kind })
      for (const told of others) stories.push({ ...told, kind: 'aftermath' })
    }
  }
  const random = scene.random.fork('plain')
  const listed = stories.filter(({ fate }) => isDischarged(fate)).length
  for (let at = listed; at < discharges; at += 1) {
    stories.push({ ...tellPlain({ ...scene, random }), kind: 'plain' })
  }
  return stories
}
