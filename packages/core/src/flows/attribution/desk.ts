import { type ReportedShare, type ReportModel, reportShares } from '@hospital-crm/rules'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { Id } from '../../kernel/fields.ts'
import type { Opened } from '../../kernel/opening.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { Refusal, refuse } from '../../kernel/refusal.ts'
import type { Input } from '../../kernel/slice.ts'
import { attribution } from '../../slices/attributions/index.ts'
import type { Attributed } from '../../slices/attributions/schema.ts'
import { charge } from '../../slices/charges/index.ts'
import { patient, patients } from '../../slices/patients/index.ts'
import type { PatientCommand } from '../../slices/patients/schema.ts'
import { referral } from '../../slices/referrals/index.ts'
import type { ReferralCommand } from '../../slices/referrals/schema.ts'

type Person = Input<typeof PatientCommand, 'register'>
type Touch = Input<typeof ReferralCommand, 'record'>

/** Where calls ahead come in, and where a desk asks who is expected. */
export const referralDesk = (door: Door) => ({
  /**
   * Takes a call before the visit: the person, who needs no number of the hospital's yet, and who says
   * to bring them. Both are written or neither. Staff say later with whom of the register they are one.
   */
  callAhead: async (
    { person, ...touch }: { readonly person: Person } & Omit<Touch, 'patient'>,
    { cause }: CommandOptions = {},
  ): Promise<{ readonly patient: string; readonly touch: string }> => {
    const asks = [
      { slice: patient, input: { type: 'register', ...person } },
      { slice: referral, input: { type: 'record', ...touch }, bind: { patient: 0 } },
    ]
    const [outcome] = await door.runMany([
      { asks, ...(cause !== undefined && { cause: `host:${cause}` }) },
    ])
    if (!outcome || outcome instanceof Refusal) throw outcome ?? new Refusal('store.contended')
    const [registered, recorded] = outcome.answers
    return { patient: registered?.id ?? '', touch: recorded?.id ?? '' }
  },

  /** Who of a name or phone is said to be brought, each with what is on record of it, for the desk at their arrival. */
  expected: async (
    by: { readonly name: string } | { readonly phone: string },
    options: ReadOptions = {},
  ) => {
    const { items } = await patients(door).find(by, options)
    const found = items.map(async (person) => {
      const query = { index: 'patient', equals: [[person.id]], limit: 50 }
      const { items: touches } = await door.list(referral, query, options)
      return { person, touches }
    })
    return (await Promise.all(found)).filter(({ touches }) => touches.length > 0)
  },
})

/** Why somebody has the merit of a visit and others have not, with everything it rests on. */
export interface VisitExplanation
  extends Pick<Opened<Attributed>, 'touches' | 'disputes' | 'rulings' | 'proposed'> {
  readonly patient: string
  readonly decided: Opened<Attributed>['decided'][number]
}

/** What in a report counts a touch that somebody else's came before. */
const competing: readonly string[] = [
  ...['bound', 'weaker-evidence', 'later', 'larger-id', 'overruled'],
]

/** A touch's part in a report on channels: no credit, and nothing is paid on it. */
export type TouchShare = ReportedShare &
  Pick<Attributed['touches'][number], 'kind' | 'rep' | 'partner'>

/** Where it is asked whose merit a visit is. */
export const attributionDesk = (door: Door) => {
  const explain = async (
    visit: string,
    options?: ReadOptions,
  ): Promise<VisitExplanation | undefined> => {
    const query = { index: 'visit', equals: [[visit]], limit: 1 }
    const { items } = await door.list(attribution, query, options)
    const [{ id = '', state } = {}] = items
    if (state?.status !== 'attributed') return undefined
    const decided = state.decided.find((one) => one.visit === visit)
    if (!decided) return undefined
    const named = Object.values(decided.credits).flatMap(({ touch, lost }) => [
      touch,
      ...lost.map((one) => one.touch),
    ])
    const of = <T extends { readonly visit: string }>(list: readonly T[]) =>
      list.filter((one) => one.visit === visit)
    return {
      patient: id,
      decided,
      touches: state.touches.filter((touch) => named.includes(touch.id)),
      disputes: of(state.disputes),
      rulings: of(state.rulings),
      proposed: of(state.proposed),
    }
  }

  return {
    /** Who has the merit of a visit in each role, on which evidence and by which rules, who has not and why. */
    explain,

    /**
     * Divides what was charged for a visit, or another amount of minor units, among the touches that
     * could have counted. For reports on channels only: whom anything is paid says `explain`.
     */
    report: async (
      visit: string,
      model: ReportModel,
      amount?: number,
    ): Promise<readonly TouchShare[]> => {
      if (!Id.safeParse(visit).success) return refuse('attribution.unknown-visit')
      const { decided, touches } =
        (await explain(visit)) ?? refuse('attribution.unknown-visit', { visit })
      const counted = new Set(
        Object.values(decided.credits).flatMap(({ touch, lost }) => [
          ...(touch === null ? [] : [touch]),
          ...lost.flatMap((one) => (competing.includes(one.because) ? [one.touch] : [])),
        ]),
      )
      const state = amount === undefined ? (await door.get(charge, visit))?.state : undefined
      const lines = state?.status === 'charged' ? state.lines : []
      const sum = amount ?? lines.reduce((total, line) => total + line.amount, 0)
      const byId = new Map(touches.map((touch) => [touch.id, touch]))
      const ran = touches.filter(({ id }) => counted.has(id))
      return reportShares(model, ran, sum).map((share) => {
        const { kind = '', rep, partner } = byId.get(share.touch) ?? {}
        const whose = {
          ...(rep !== undefined && { rep }),
          ...(partner !== undefined && { partner }),
        }
        return { ...share, kind, ...whose }
      })
    },
  }
}
