import { monthOf } from './china-time.ts'
import { type Contact, contactsOf } from './contacts.ts'
import { countPlanted } from './count-planted.ts'
import { type Department, departments } from './departments.ts'
import { createHis, type Draft } from './drafts.ts'
import { assemble, type Charset, type FeedMessage, messagesOf } from './feed.ts'
import { garbageOf } from './garbage.ts'
import { createRegistry } from './people.ts'
import type { Planted } from './planted.ts'
import { createRandom } from './prng.ts'
import { createStaff, type StaffMember } from './staff.ts'
import { createStays } from './stays.ts'
import { tellMonth } from './stories.ts'
import { duplicates, ignored, outpatientReturns, outpatients, resends } from './traffic.ts'
import {
  type Expected,
  expectedOf,
  type ListedDischarge,
  listsOf,
  truthOf,
  type VisitTruth,
} from './truth.ts'

export interface MonthOptions {
  /** A whole number; the same gives the same month, byte for byte. */
  readonly seed: number
  /** YYYY-MM */
  readonly month: string
  /** How many discharges the HIS lists for the month. */
  readonly discharges: number
  /** The one zone of the country; times in the messages are local to it. */
  readonly zone: 'Asia/Shanghai'
  /** UTF-8 unless told. */
  readonly charset?: Charset
}

/** A month of an invented hospital: what its HIS sent, what its staff did, and what is true. */
export interface HospitalMonth {
  /** In the order of sending, written anew each time it is iterated. It begins with the admissions of earlier weeks and ends with the month. */
  readonly messages: Iterable<FeedMessage>
  readonly planted: Planted
  readonly expected: Expected
  /** Every inpatient visit of the feed. */
  readonly visits: readonly VisitTruth[]
  /** The HIS's own list of the discharges of a local day (YYYY-MM-DD), in order of time, as it stands at the end. */
  discharges(day: string): readonly ListedDischarge[]
  /** What staff did about the discharges, in the order in which it was entered; some weeks beyond the month. */
  readonly contacts: readonly Contact[]
  readonly staff: readonly StaffMember[]
  readonly departments: readonly Department[]
}

/** Invents a month. Nothing in it is anybody's: see `identity-number.ts` and `people.ts`. Throws a RangeError for a month that is none. */
export const generateMonth = ({
  seed,
  month: written,
  discharges,
  charset = 'utf-8',
}: MonthOptions): HospitalMonth => {
  const month = monthOf(written)
  const root = createRandom(seed)
  const staff = createStaff(root.fork('staff'))
  const registry = createRegistry(root.fork('registry'))
  const stays = createStays(root.fork('stays'), month, staff, registry)
  const his = createHis(root.fork('his'))
  const sceneFor = (name: string) => ({ month, stays, his, random: root.fork(name) })

  const stories = tellMonth(sceneFor('stories'), discharges)
  const newcomers = outpatients(sceneFor('outpatients'), discharges)
  const returns = outpatientReturns(sceneFor('returns'), stories)
  const resent = resends(sceneFor('resends'), stories)
  const garbage = garbageOf(sceneFor('garbage'), discharges)
  const told = stories.flatMap(({ drafts }) => drafts)
  const events: readonly Draft[] = [...told, ...newcomers, ...returns, ...resent]
  const echoes = duplicates(sceneFor('duplicates'), events)
  const others = events.length + echoes.length + garbage.length
  const unheeded = ignored(sceneFor('ignored'), stories, others)
  const entries = assemble([...events, ...unheeded], garbage, echoes)
  const contacts = contactsOf(root.fork('contacts'), month, stories, staff)
  const lists = listsOf(stories)

  return {
    messages: messagesOf(entries, charset),
    planted: countPlanted({
      stories,
      contacts,
      garbage,
      ignored: unheeded,
      resends: resent.length,
      duplicates: echoes.length,
      newOutpatients: newcomers.length,
      outpatientReturns: returns.length,
    }),
    expected: expectedOf(stories, entries, contacts),
    visits: stories.map(truthOf),
    discharges: (day) => lists.get(day) ?? [],
    contacts,
    staff: staff.everybody,
    departments,
  }
}
