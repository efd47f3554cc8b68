import { type PayeeClass, readInstant, writeDay, zoneOf } from '@hospital-crm/rules'
import { match, P } from 'ts-pattern'
import { refuse } from '../../kernel/refusal.ts'
import type { Context } from '../../kernel/slice.ts'
import { canonical, withoutWords } from '../../kernel/tree.ts'
import { agree, confirmRelease, judgedAgain, proposeRelease, unended } from './agreements.ts'
import type { KnownPartner, Partner, PartnerCommand, PartnerEvent } from './schema.ts'

type Said<Type extends PartnerCommand['type']> = Extract<PartnerCommand, { type: Type }>

/** What a partner of a kind may be to the law, so that nobody is called otherwise to be paid. */
const classesOf: Readonly<Record<KnownPartner['kind'], readonly PayeeClass[]>> = {
  hospital: ['institution-elsewhere', 'public-body'],
  department: ['clinician-elsewhere', 'institution-elsewhere', 'public-body'],
  clinic: ['clinician-elsewhere', 'institution-elsewhere'],
  company: ['enterprise'],
  university: ['enterprise', 'public-body'],
  pharmacy: ['pharmacy'],
  venue: ['enterprise', 'introducer'],
  intermediary: ['intermediary'],
  introducer: ['introducer', 'clinician-elsewhere', 'public-body', 'part-timer', 'patient'],
}

const classed = (kind: KnownPartner['kind'], payeeClass: PayeeClass) => {
  if (!classesOf[kind].includes(payeeClass)) {
    refuse('partner.class-not-of-kind', { kind, payeeClass, classes: classesOf[kind] })
  }
}

const todayOf = ({ now, policy }: Context<Partner>) =>
  writeDay(zoneOf(policy.zone).dayOf(readInstant(now)))

export const decide = (partner: Partner, command: PartnerCommand, context: Context<Partner>) =>
  match([partner, command])
    .returnType<PartnerEvent[]>()
    .with([{ status: P.union('none', 'target') }, { type: 'set-target' }], ([known, said]) => {
      const { type: _, ...target } = said
      const isSame = known.status === 'target' && known.count === said.count
      return isSame ? [] : [{ type: 'partner.target-set', ...target }]
    })
    .with([{ status: 'none' }, { type: 'register' }], ([, said]) => {
      const { type: _, partner: __, since = todayOf(context), ...details } = said
      classed(said.kind, said.payeeClass)
      return [{ type: 'partner.registered', ...details, since }]
    })
    .with([{ status: 'partner' }, { type: 'register' }], () =>
      refuse('partner.already-registered', { partner: context.id }),
    )
    .with([{ status: 'partner' }, { type: 'change' }], ([known, said]) =>
      changed(known, said, context),
    )
    .with([{ status: 'partner' }, { type: 'name-contact' }], ([, said]) => {
      const { type: _, partner: __, ...contact } = said
      return [{ type: 'partner.contact-named', ...contact }]
    })
    .with([{ status: 'partner' }, { type: 'drop-contact' }], ([{ contacts }, { contact }]) =>
      contacts[contact] ? [{ type: 'partner.contact-dropped', contact }] : [],
    )
    .with([{ status: 'partner' }, { type: 'agree' }], ([known, said]) =>
      agree(known, said, context),
    )
    .with([{ status: 'partner' }, { type: 'propose-release' }], ([known, said]) =>
      proposeRelease(known, said, context),
    )
    .with([{ status: 'partner' }, { type: 'confirm-release' }], ([known, said]) =>
      confirmRelease(known, said, context),
    )
    .with([{ status: 'partner' }, { type: 'end-agreement' }], ([known, { agreement, on }]) =>
      unended(known, agreement).endedOn === on
        ? []
        : [{ type: 'partner.agreement-ended', agreement, on }],
    )
    .with([{ status: 'partner' }, { type: 'record-visit' }], ([, { on, rep, note }]) =>
      on > todayOf(context)
        ? refuse('partner.visit-in-future')
        : [{ type: 'partner.visited', on, rep, ...(note && { note: withoutWords(note) }) }],
    )
    .with([{ status: 'partner' }, { type: 'hand-over' }], ([{ owner }, { from, to }]) =>
      owner === from && from !== to ? [{ type: 'partner.handed-over', from, to }] : [],
    )
    .with([{ status: 'partner' }, { type: 'end' }], ([{ endedOn }, { on }]) =>
      endedOn === on ? [] : [{ type: 'partner.ended', on }],
    )
    .with([{ status: 'partner' }, { type: 'resume' }], ([{ endedOn }]) =>
      endedOn === undefined ? [] : [{ type: 'partner.resumed' }],
    )
    .with([P.any, { type: P.string }], () => refuse('partner.unknown', { partner: context.id }))
    .exhaustive()

const changed = (
  known: KnownPartner,
  said: Said<'change'>,
  context: Context<Partner>,
): PartnerEvent[] => {
  const { type: _, partner: __, ...details } = said
  const news = Object.entries(details).filter(
    ([name, value]) => canonical(value) !== canonical(known[name as keyof typeof details] ?? null),
  )
  if (news.length === 0) return []
  const { payeeClass = known.payeeClass, name } = details
  if (known.kind === 'introducer' && name !== undefined) refuse('partner.name-in-clear')
  classed(known.kind, payeeClass)
  return [
    { type: 'partner.changed', ...Object.fromEntries(news) },
    ...(payeeClass === known.payeeClass ? [] : judgedAgain({ ...known, payeeClass }, context)),
  ]
}
