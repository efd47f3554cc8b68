import * as z from 'zod'
import type { Reference } from './schema.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const Entry = z.object({
  fullUrl: z.string().optional().catch(undefined),
  resource: z.unknown(),
  request: z.object({ method: z.string() }).optional().catch(undefined),
})

/** One resource of a document, with the URL it stands under in a bundle. */
export interface Came {
  readonly resource: unknown
  readonly fullUrl?: string | undefined
  /** The bundle asks to delete what stands under this URL. */
  readonly isDeleted: boolean
}

/** What a document holds: the entries of a bundle, or the one resource it is. */
export const comingIn = (
  document: unknown,
): { readonly resources: readonly Came[]; readonly timestamp?: unknown } => {
  if (!isObject(document) || document.resourceType !== 'Bundle') {
    return { resources: [{ resource: document, isDeleted: false }] }
  }
  const entries = Array.isArray(document.entry) ? document.entry : []
  const resources = entries.map((entry): Came => {
    const { fullUrl, resource, request } = Entry.safeParse(entry).data ?? { resource: undefined }
    return { resource, fullUrl, isDeleted: request?.method === 'DELETE' }
  })
  return { resources, timestamp: document.timestamp }
}

/** Finds what references of a document point to, by the URL of its entry or as `Type/id`. */
export const resolverOf = (resources: readonly Came[]) => {
  const known = new Map<string, Json>()
  for (const { resource, fullUrl } of resources) {
    if (!isObject(resource)) continue
    if (fullUrl !== undefined) known.set(fullUrl, resource)
    const { resourceType, id } = resource
    if (typeof resourceType === 'string' && typeof id === 'string') {
      known.set(`${resourceType}/${id}`, resource)
    }
  }
  /** As one resource refers to others, itself and what it contains. */
  return (contained: readonly Json[], used: Set<unknown>) =>
    (reference: Reference | undefined): unknown => {
      const url = reference?.reference
      if (url === undefined) return undefined
      if (url.startsWith('#')) return contained.find(({ id }) => id === url.slice(1))
      const found = known.get(url) ?? known.get(url.split('/').slice(-2).join('/'))
      if (found) used.add(found)
      return found
    }
}
