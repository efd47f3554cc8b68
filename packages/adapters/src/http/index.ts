import {
  type Actor,
  type Catalogue,
  type Crm,
  type Logger,
  refuse,
  voice,
} from '@hospital-crm/core'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { askedBy } from './asked.ts'
import { type DocumentOptions, documentOf } from './document.ts'
import { preferred, problemOf, refusalOf } from './problem.ts'
import { type Receipts, receiptsPath, takeReceipt } from './receipts.ts'
import { routesOf } from './routes.ts'
import { words } from './words.ts'

export type { DocumentOptions } from './document.ts'
export { statusOf } from './problem.ts'
export type { Receipts } from './receipts.ts'

/** Whom the host has found behind a request. */
export interface Who {
  readonly tenant: string
  readonly actor: Actor
}

export interface HttpOptions {
  readonly crm: Crm
  /** Authentication is the host's: who asks, or `undefined` for nobody that it knows (401). */
  readonly identify: (request: Request) => Promise<Who | undefined> | Who | undefined
  /** Whose providers post receipts and answers to `/channels/{channel}/receipts`; there is no such path unless told. */
  readonly receipts?: Receipts
  /** Under which path the host mounts it, e.g. `/crm`; none unless told. */
  readonly base?: string
  /** The largest body in bytes; 1,048,576 unless told. */
  readonly maxBytes?: number
  /** What `WWW-Authenticate` says with a 401; `Bearer` unless told. */
  readonly challenge?: string
  /** Words of the host's and of vendors' own, as `createCrm` takes them. */
  readonly catalogues?: Readonly<Record<string, Catalogue>>
  /** Hears of what failed, by its name only. */
  readonly logger?: Logger
  readonly document?: DocumentOptions
}

const headersOf = (query: URLSearchParams, version?: number, next?: string | number) => {
  const following = new URLSearchParams(query)
  if (next !== undefined) following.set('after', String(next))
  return {
    // Health data: nobody on the way keeps it.
    'cache-control': 'no-store',
    ...(version !== undefined && { etag: `"${version}"` }),
    ...(next !== undefined && { link: `<?${following}>; rel="next"` }),
  }
}

/**
 * The crm as a Fetch handler: every command, record, list and read of every slice, a vendor's own among
 * them, at paths made from their names, described at `/openapi.json`. Never throws: what is refused is
 * told as problem details, and what fails as a 500 that says no more than that.
 */
export const httpHandler = ({
  crm,
  identify,
  receipts,
  base = '',
  maxBytes = 1_048_576,
  challenge = 'Bearer',
  catalogues = {},
  logger,
  document = {},
}: HttpOptions): ((request: Request) => Promise<Response>) => {
  const routes = routesOf(crm)
  const locales = [...new Set([...Object.keys(words), ...Object.keys(catalogues)])]
  const say = voice(
    Object.fromEntries(locales.map((name) => [name, { ...words[name], ...catalogues[name] }])),
  )
  const app = new Hono().basePath(base)
  let description: object | undefined
  const tooLarge = () => refuse('http.too-large', { maxBytes })

  app.use(bodyLimit({ maxSize: maxBytes, onError: tooLarge }))
  app.get('/openapi.json', ({ json }) => {
    const said = { servers: [base || '/'], ...document }
    description ??= documentOf(crm.slices.values(), routes, said, receipts)
    return json(description)
  })
  if (receipts)
    app.on(
      ['GET', 'POST'],
      receiptsPath.replace('{channel}', ':channel'),
      takeReceipt(crm, receipts),
    )
  for (const { method, path, handle } of routes) {
    app.on(method, path.replace('{id}', ':id'), async ({ req, json }) => {
      const who = await identify(req.raw)
      if (!who?.tenant || !who.actor) return refuse('http.unauthenticated')
      const { body, version, next } = await handle(await askedBy(req, crm.for(who).door))
      return json(body as object, 200, headersOf(new URL(req.url).searchParams, version, next))
    })
  }
  app.notFound(() => refuse('http.unknown-path'))
  app.onError((error, { req }) => {
    const refusal = refusalOf(error)
    if (refusal !== (error as unknown))
      logger?.warn({ path: req.routePath, error: error.name }, 'a request failed')
    const locale = preferred(req.header('accept-language'), locales)
    return problemOf(refusal, { say, locale, instance: req.path, challenge })
  })
  return async (request) => app.fetch(request)
}
