import type { Attributes } from '../../kernel/access.ts'
import type { CommandOptions, Door } from '../../kernel/door.ts'
import { partOfId } from '../../kernel/fields.ts'
import type { ReadOptions } from '../../kernel/reader.ts'
import type { Input, Slice } from '../../kernel/slice.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { Payee, PayeeCommand, PayeeEvent } from './schema.ts'

export interface Whose {
  readonly role: 'rep' | 'partner'
  readonly payee: string
}

export const payeeId = ({ role, payee }: Whose) => `${role}/${partOfId(payee)}`

export const payee: Slice<Payee, PayeeCommand, PayeeEvent> = {
  name: 'payee',
  state: Payee,
  command: PayeeCommand,
  event: PayeeEvent,
  initial: { status: 'none' },
  keys: (command) => [payeeId(command)],
  decide,
  evolve,
  attributes: (state): Attributes => (state.status === 'none' ? {} : { payee: [state.payee] }),
}

type Said<Type extends PayeeCommand['type']> = Input<typeof PayeeCommand, Type>

export const payees = (door: Door) => ({
  /** Says to which account a payee's money goes and whose it is. One named anew is to be verified anew. */
  nameAccount: (input: Said<'name-account'>, options?: CommandOptions) =>
    door.run(payee, { type: 'name-account', ...input }, options),

  /** Another person has seen that it is the payee's own. Without that, or to anybody else, nothing leaves. */
  verifyAccount: (input: Said<'verify-account'>, options?: CommandOptions) =>
    door.run(payee, { type: 'verify-account', ...input }, options),

  get: (whose: Whose, options?: ReadOptions) => door.get(payee, payeeId(whose), options),
})
