import { type Meaning, services, type Treatment } from './services.ts'

/** What is called, as it is counted, and what becomes of it. */
export interface Dispatched {
  readonly name: string
  readonly treatment: Treatment
}

const byName = new Map(
  services.flatMap((service) =>
    [service.code, service.name].map((called) => [called.toLowerCase(), service] as const),
  ),
)

const byRoot = Map.groupBy(
  services.flatMap((service) => service.roots.map((root) => ({ root, ...service }))),
  ({ root }) => root,
)

/** Several services share a root, so it says what becomes of a message only where it is the same with all of them. */
const byRootAlone = (root: string): Dispatched | undefined => {
  const [first, ...others] = byRoot.get(root) ?? []
  const isSure = others.every(({ treatment }) => treatment === first?.treatment)
  return first && isSure ? { name: root, treatment: first.treatment } : undefined
}

/** What a message of a visit means that says of itself that it was cancelled. */
const whenCancelled: Readonly<Partial<Record<Treatment, Meaning>>> = {
  registered: 'admission-cancelled',
  admitted: 'admission-cancelled',
  'visit-updated': 'admission-cancelled',
  discharged: 'discharge-cancelled',
}

/**
 * What becomes of a call: by what the hospital settled of a vendor's own codes, else by the standard code or name,
 * and where nothing names the service by the root of its message. Undefined when none of them says so for certain.
 */
export const dispatch = (
  service: string | undefined,
  root: string | undefined,
  isCancelled: boolean,
  own: Readonly<Record<string, Treatment>>,
): Dispatched | undefined => {
  const settled = service !== undefined && Object.hasOwn(own, service) ? own[service] : undefined
  if (service !== undefined && settled) return { name: service, treatment: settled }
  const found = service === undefined ? byRootAlone(root ?? '') : byName.get(service.toLowerCase())
  const cancelled = found && isCancelled ? whenCancelled[found.treatment] : undefined
  return found && { name: found.name, treatment: cancelled ?? found.treatment }
}
