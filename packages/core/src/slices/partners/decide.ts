import type { PayeeClass } from '@hospital-crm/rules'
import { match } from 'ts-pattern'
import { localDay } from '../../kernel/local-day.ts'
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

const todayOf = ({ now, policy }: Context<Partner>) => localDay(policy.zone, now)

export const decide = (partner: Partner, command: PartnerCommand, context: Context<Partner>) => {
  const unknown = () => refuse('partner.unknown', { partner: context.id })
  return match(partner)
    .returnType<PartnerEvent[]>()
    .with({ status: 'none' }, () => {
      if (command.type === 'register') return register(command, context)
      return command.type === 'set-target' ? [targetSet(command)] : unknown()
    })
    .with({ status: 'target' }, ({ count }) => {
      if (command.type !== 'set-target') return unknown()
      return count === command.count ? [] : [targetSet(command)]
    })
    .with({ status: 'partner' }, (known) => decideOn(known, command, context))
    .exhaustive()
}

const targetSet = ({ type: _, ...target }: Said<'set-target'>): PartnerEvent => ({
  type: 'partner.target-set',
  ...target,
})

const register = (
  { type: _, partner: __, since, ...details }: Said<'register'>,
  context: Context<Partner>,
): PartnerEvent[] => {
  classed(details.kind, details.payeeClass)
  return [{ type: 'partner.registered', ...details, since: since ?? todayOf(context) }]
}

const decideOn = (known: KnownPartner, command: PartnerCommand, context: Context<Partner>) =>
  match(command)
    .returnType<PartnerEvent[]>()
    .with({ type: 'register' }, () => refuse('partner.already-registered', { partner: context.id }))
    .with({ type: 'set-target' }, () => refuse('partner.unknown', { partner: context.id }))
    .with({ type: 'change' }, (said) => changed(known, said, context))
    .with({ type: 'name-contact' }, ({ type: _, partner: __, ...contact }) => [
      { type: 'partner.contact-named', ...contact },
    ])
    .with({ type: 'drop-contact' }, ({ contact }) =>
      known.contacts[contact] ? [{ type: 'partner.contact-dropped', contact }] : [],
    )
    .with({ type: 'agree' }, (said) => agree(known, said, context))
    .with({ type: 'propose-release' }, (said) => proposeRelease(known, said, context))
    .with({ type: 'confirm-release' }, (said) => confirmRelease(known, said, context))
    .with({ type: 'end-agreement' }, ({ agreement, on }) =>
      unended(known, agreement).endedOn === on
        ? []
        : [{ type: 'partner.agreement-ended', agreement, on }],
    )
    .with({ type: 'record-visit' }, ({ on, rep, note }) =>
      on > todayOf(context)
        ? refuse('partner.visit-in-future')
        : [{ type: 'partner.visited', on, rep, ...(note && { note: withoutWords(note) }) }],
    )
    .with({ type: 'hand-over' }, ({ from, to }) =>
      known.owner === from && from !== to ? [{ type: 'partner.handed-over', from, to }] : [],
    )
    .with({ type: 'end' }, ({ on }) =>
      known.endedOn === on ? [] : [{ type: 'partner.ended', on }],
    )
    .with({ type: 'resume' }, () =>
      known.endedOn === undefined ? [] : [{ type: 'partner.resumed' }],
    )
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
