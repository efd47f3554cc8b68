import { Refusal, type Say } from '@hospital-crm/core'
import { parseAccept } from 'hono/utils/accept'

/** How HTTP says each sort of refusal; the first that fits. Whatever is left the domain's rules refuse: 422. */
const statuses: readonly (readonly [code: RegExp, status: number])[] = [
  [/^http\.unauthenticated$/, 401],
  [/^http\.unknown-path$/, 404],
  [/^(http|channel)\.too-large$/, 413],
  [/^http\.not-json$/, 415],
  [/^(http\.malformed-header|channel\.unreadable)$/, 400],
  [/^channel\.not-authentic$/, 403],
  [/^channel\.early-receipt$/, 503],
  [/^(http|command)\.failed$|^command\.nowhere$|^subject\.unnamed$|^view\.unknown-kind$/, 500],
  [/^store\.(contended|locked|unreachable|closed)$/, 503],
  [/^store\.(bad-cursor|unstorable)$|\.malformed$/, 400],
  [/^(store|cipher)\./, 500],
  [/^access\.|\.not-your-/, 403],
  [/[.-]unknown(-|$)|\.no-such-/, 404],
  [/\.erased$/, 410],
  [/^record\.changed$/, 412],
  [/[.-](already|exists|changed|frozen|stale|used|full|lost)\b/, 409],
]

/** The status by which HTTP says a refusal of this code. */
export const statusOf = (code: string) => statuses.find(([sort]) => sort.test(code))?.[1] ?? 422

/** The language among those offered that an `Accept-Language` prefers; English when it wants none of them. */
export const preferred = (header: string | undefined, offered: readonly string[]) => {
  const wanted = parseAccept(header ?? '').toSorted((a, b) => b.q - a.q)
  const language = (tag: string) => tag.toLowerCase().split('-')[0]
  for (const { type, q } of wanted) {
    const found = offered.find((each) => language(each) === language(type))
    if (found !== undefined && q > 0) return found
  }
  return 'en'
}

export interface Telling {
  readonly say: Say
  readonly locale: string
  /** The path that was asked for. */
  readonly instance: string
  /** How to authenticate, told with a 401. */
  readonly challenge: string
}

/** A refusal as problem details (RFC 9457). Holds what the refusal holds: ids, codes and paths, nobody's data. */
export const problemOf = (
  { code, details }: Refusal,
  { say, locale, instance, challenge }: Telling,
): Response => {
  const status = statusOf(code)
  const title = say(locale, `refusal.${code}`)
  const detail = Array.isArray(details.paths) ? { detail: details.paths.join('; ') } : {}
  const problem = {
    type: `urn:hospital-crm:refusal:${code}`,
    // A vendor's code may have no words.
    title: title === `refusal.${code}` ? code : title,
    status,
    ...detail,
    instance,
    code,
    details,
  }
  return new Response(JSON.stringify(problem), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': locale,
      vary: 'accept-language',
      ...(status === 401 && { 'www-authenticate': challenge }),
      ...(status === 503 && { 'retry-after': '1' }),
    },
  })
}

/** Anything else that was thrown says nothing outside, where its message could quote what was worked on. */
export const refusalOf = (error: unknown): Refusal =>
  error instanceof Refusal ? error : new Refusal('http.failed')
