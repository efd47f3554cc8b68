import { pinyin } from 'pinyin-pro'

/** Spaces, and what stands between the parts of a name: it is written in too many ways to tell names apart. */
const between = /[\s\u200b-\u200d\ufeff·•‧・.'’‘`´-]/g

/** The one form of a name in any script. `ü` is typed as `v`. */
const plain = (name: string) =>
  name.normalize('NFKC').toLowerCase().replace(between, '').replaceAll('ü', 'v')

/** A name as written; of a Chinese one also the pinyin, read as a surname's is, and its initials. */
export const nameWords = (name: string): readonly string[] => {
  const own = plain(name)
  if (own === '') return []
  if (!/\p{Script=Han}/u.test(own)) return [own]
  const syllables = pinyin(own, {
    toneType: 'none',
    surname: 'head',
    type: 'array',
    v: true,
    nonZh: 'consecutive',
  })
  // A character that nobody can read makes no word to look for.
  if (!syllables.every((syllable) => /^[a-z]+$/.test(syllable))) return [own]
  return [...new Set([own, syllables.join(''), syllables.map(([first]) => first).join('')])]
}
