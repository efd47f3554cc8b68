import type { Cipher } from '../ports/cipher.ts'
import type { Words } from '../ports/words.ts'
import type { Draft } from './draft.ts'
import { plainUnder, type Sealed, type Veiled } from './personal.ts'
import type { ParsedAsk } from './prepare.ts'
import { refuse } from './refusal.ts'
import { mapPersonal } from './tree.ts'

/** The key of one subject's personal data, as stored; without `key` once it is destroyed. */
export interface SubjectKey {
  readonly key?: string
  readonly erasedAt?: string
}

export const subjectKind = 'subject'

export const boundTo = (tenant: string, subject: string) => `${tenant}|${subject}`

/** Puts under every veil the blinded words that find its value. */
export const blindWords = async (
  { cipher, words }: { cipher: Cipher; words: Words },
  tenant: string,
  veils: readonly Veiled[],
): Promise<void> => {
  const places: { veil: { words?: readonly string[] }; count: number }[] = []
  const texts: string[] = []
  for (const veil of veils) {
    const plain = plainUnder(veil)
    if (plain === undefined) continue
    // Nonces differ, so even what nobody looks up needs a word by which equal values are told.
    const [first = plain, ...more] = words.of(veil.as, plain)
    const found = [first, ...more]
    for (const word of found) texts.push(`${veil.as}:${word}`)
    places.push({ veil, count: found.length })
  }
  const blinded = await cipher.blind(tenant, texts)
  let at = 0
  for (const { veil, count } of places) {
    veil.words = blinded.slice(at, at + count)
    at += count
  }
}

/**
 * The ask's command with every veiled value sealed under its subject's key. The keys must be in
 * sight of the draft; one that does not exist yet is made, and goes into the same commit.
 */
export const seal = async (
  { cipher, tenant, draft }: { cipher: Cipher; tenant: string; draft: Draft },
  { command, veils }: ParsedAsk,
  subjects: Readonly<Record<string, string>>,
): Promise<ParsedAsk['command']> => {
  const plain = veils.flatMap((veil) => {
    const text = plainUnder(veil)
    const subject = subjects[veil.subject] ?? refuse('subject.unnamed', { name: veil.subject })
    return text === undefined ? [] : [{ veil, text, subject }]
  })
  if (plain.length === 0) return command
  const keyOf = new Map<string, string>()
  for (const subject of new Set(plain.map((each) => each.subject))) {
    const at = { kind: subjectKind, id: subject }
    const { key, erasedAt } = (draft.look(at)?.state ?? {}) as SubjectKey
    if (erasedAt) return refuse('subject.erased', { subject })
    const [made = key] = key ? [] : await cipher.newKeys(tenant, 1)
    if (made === undefined) return refuse('cipher.no-key', { subject })
    if (key) draft.read(at)
    else draft.write(at, { key: made })
    keyOf.set(subject, made)
  }
  const texts = await cipher.seal(
    tenant,
    plain.map(({ text, subject }) => {
      return { key: keyOf.get(subject) ?? '', bound: boundTo(tenant, subject), plain: text }
    }),
  )
  const sealed = new Map<Veiled, Sealed>()
  plain.forEach(({ veil, subject }, at) => {
    const { level, as, words = [] } = veil
    sealed.set(veil, {
      sealed: texts[at] ?? '',
      subject,
      level,
      as,
      ...(words.length > 0 && { words }),
    })
  })
  return mapPersonal(command, (value) => sealed.get(value) ?? value)
}
