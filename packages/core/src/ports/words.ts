/** What a personal value is, so that it can be found and shown half covered. */
export type PersonalKind = 'name' | 'phone' | 'identifier' | 'email' | 'date' | 'text'

/**
 * The words under which a personal value can be looked up: for a name itself, its pinyin and its
 * initials; for a phone number its one written form. They are blinded before they are stored.
 */
export interface Words {
  of(kind: PersonalKind, value: string): readonly string[]
}
