import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { everyPage, type Paging, page } from '../../kernel/paging.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import { type Input, type Slice, subjectOf } from '../../kernel/slice.ts'
import { decide } from './decide.ts'
import { entries } from './entries.ts'
import { evolve } from './evolve.ts'
import { Partner, PartnerCommand, PartnerEvent } from './schema.ts'

const targetId = ({ year, channel }: { readonly year: number; readonly channel: string }) =>
  `target:${year}:${channel}`

/** A contact is a person of their own, who can be forgotten alone. */
const contactSubject = (partner: string, contact: string) =>
  subjectOf('partner-contact', `${partner}/${contact}`)

export const partner: Slice<Partner, PartnerCommand, PartnerEvent> = {
  name: 'partner',
  state: Partner,
  command: PartnerCommand,
  event: PartnerEvent,
  initial: { status: 'none' },
  keys: (command) => ['partner' in command ? command.partner : targetId(command)],
  subjects: (command): Readonly<Record<string, string>> => {
    if (!('partner' in command)) return {}
    const { partner: id } = command
    const subject = subjectOf('partner', id)
    return 'contact' in command
      ? { subject, contact: contactSubject(id, command.contact) }
      : { subject }
  },
  erases: (command) =>
    command.type === 'drop-contact' ? [contactSubject(command.partner, command.contact)] : [],
  decide,
  evolve,
  lists: {
    channel: ['channel'],
    owner: ['owner'],
    kind: ['kind'],
    'awaits-release': [],
    visited: ['rep'],
    target: ['year'],
  },
  foundBy: ['name', 'phone', 'identifier'],
  entries,
  attributes: (state): Attributes =>
    state.status === 'partner' ? { owner: [state.owner], channel: [state.channel] } : {},
}

type Said<Type extends PartnerCommand['type']> = Omit<Input<typeof PartnerCommand, Type>, 'partner'>

/** How far a channel is with what it shall have in a year. */
export interface TargetProgress {
  readonly year: number
  readonly channel: string
  readonly count: number
  /** Partners of the channel that began by the end of the year and have not ended. */
  readonly reached: number
}

export const partners = (door: Door) => ({
  /**
   * Registers a partner under an id of the host's. What they may be to the law depends on their kind
   * (`partner.class-not-of-kind`). A private person has no `name` here but a contact who is named.
   */
  register: (id: string, input: Said<'register'>, options?: CommandOptions) =>
    door.run(partner, { type: 'register', partner: id, ...input }, options),

  /** Changes what is said. Of another class to the law, agreements are judged anew. */
  change: (id: string, input: Said<'change'>, options?: CommandOptions) =>
    door.run(partner, { type: 'change', partner: id, ...input }, options),

  /** Takes what is known of a person there. Each contact is sealed under a key of their own. */
  nameContact: (
    id: string,
    contact: string,
    input: Omit<Said<'name-contact'>, 'contact'>,
    options?: CommandOptions,
  ) => door.run(partner, { type: 'name-contact', partner: id, contact, ...input }, options),

  /** Destroys what is known of a contact. Final: the contact's id is not used again. */
  dropContact: (id: string, contact: string, options?: CommandOptions) =>
    door.run(partner, { type: 'drop-contact', partner: id, contact }, options),

  /**
   * Agrees what a partner gets, after the law's word on it, which stands on record. What it denies is
   * refused (`partner.agreement-denied`); what it leaves open waits for a release.
   */
  agree: (id: string, input: Said<'agree'>, options?: CommandOptions) =>
    door.run(partner, { type: 'agree', partner: id, ...input }, options),

  /** The first signature, on a legal opinion and until an instant, under what the law leaves open. */
  proposeRelease: (id: string, input: Said<'propose-release'>, options?: CommandOptions) =>
    door.run(partner, { type: 'propose-release', partner: id, ...input }, options),

  /** The second one, by another person of another role. The agreement is in force by it. */
  confirmRelease: (id: string, input: Said<'confirm-release'>, options?: CommandOptions) =>
    door.run(partner, { type: 'confirm-release', partner: id, ...input }, options),

  /** Ends an agreement; what happens until that local day, included, still counts. */
  endAgreement: (id: string, input: Said<'end-agreement'>, options?: CommandOptions) =>
    door.run(partner, { type: 'end-agreement', partner: id, ...input }, options),

  /** Records a representative's visit to a partner. */
  recordVisit: (id: string, input: Said<'record-visit'>, options?: CommandOptions) =>
    door.run(partner, { type: 'record-visit', partner: id, ...input }, options),

  /** Gives all partners of one representative to another. Returns how many. */
  handOver: async (
    { from, to }: { readonly from: string; readonly to: string },
    { cause }: CommandOptions = {},
  ): Promise<number> => {
    const owned = await everyPage((after) =>
      door.list(partner, { index: 'owner', equals: [[from]], limit: 200, ...(after && { after }) }),
    )
    const ran = await door.runMany(
      owned.map(({ id }) => ({
        asks: [{ slice: partner, input: { type: 'hand-over', partner: id, from, to } }],
        ...(cause !== undefined && { cause: `host:${cause}:${id}` }),
      })),
    )
    for (const outcome of ran) if (outcome instanceof Error) throw outcome
    return owned.length
  },

  /** Ends the relation; visits until that local day, included, are still credited. */
  end: (id: string, on: string, options?: CommandOptions) =>
    door.run(partner, { type: 'end', partner: id, on }, options),

  /** Takes an end back. */
  resume: (id: string, options?: CommandOptions) =>
    door.run(partner, { type: 'resume', partner: id }, options),

  get: (id: string, options?: ReadOptions) => door.get(partner, id, options),

  /** Partners of a channel, an owner or a kind that have not ended, by the day they began. */
  list: (
    by: { readonly channel: string } | { readonly owner: string } | { readonly kind: string },
    paging: Paging = {},
  ) => {
    const [[index = '', value = ''] = []] = Object.entries(by)
    return door.list(partner, { index, equals: [[value]], ...page(paging) }, paging)
  },

  /** Partners by what a contact of theirs is called or reached at. */
  find: async (
    by: { readonly name: string } | { readonly phone: string } | { readonly identifier: string },
    paging: Paging = {},
  ) => {
    const [[as = 'name', value = ''] = []] = Object.entries(by) as ['name', string][]
    const equals = [(await door.blind(as, value)).slice(0, 1)]
    return door.list(partner, { index: 'word', equals, ...page(paging) }, paging)
  },

  /** Partners with an agreement that waits for a release. */
  awaitingRelease: (paging: Paging = {}) =>
    door.list(partner, { index: 'awaits-release', equals: [], ...page(paging) }, paging),

  /** Partners that a representative visited over local days, both included, once for each visit. */
  visitedBy: (
    rep: string,
    { from, to, ...paging }: Paging & { readonly from: string; readonly to: string },
  ) => door.list(partner, { index: 'visited', equals: [[rep]], from, to, ...page(paging) }, paging),

  /** Sets how many partners a channel shall have in a year. */
  setTarget: (input: Input<typeof PartnerCommand, 'set-target'>, options?: CommandOptions) =>
    door.run(partner, { type: 'set-target', ...input }, options),

  /** The targets of a year and how far each is. */
  targets: async (year: number): Promise<readonly TargetProgress[]> => {
    const targets = await everyPage((after) =>
      door.list(partner, {
        ...{ index: 'target', equals: [[`${year}`]], limit: 200 },
        ...(after && { after }),
      }),
    )
    const progress: TargetProgress[] = []
    for (const { state } of targets) {
      if (state.status !== 'target') continue
      const { channel, count } = state
      const to = `${year}-12-31`
      const begun = await everyPage((after) =>
        door.list(partner, {
          ...{ index: 'channel', equals: [[channel]], to, limit: 500 },
          ...(after && { after }),
        }),
      )
      progress.push({ year, channel, count, reached: begun.length })
    }
    return progress
  },
})
