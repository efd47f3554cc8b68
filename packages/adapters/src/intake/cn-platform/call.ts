import { at, type Element, escaped, leaves, parseXml, type XmlFault } from '../../xml.ts'

/** One call of a service: its name or code as it was called, and the message with its text. */
export interface Call {
  readonly service: string | undefined
  /** The name of the root element of the message, and the element; undefined when the call has none. */
  readonly root: string | undefined
  readonly message: unknown
  readonly text: string
}

const actionNames = /^(action|service|servicecode|servicename|method|funccode|tradecode)$/i

/** `"urn:hl7-org:v3/DischargeInfoAdd"` calls DischargeInfoAdd. */
const lastPart = (action: string | undefined): string | undefined =>
  action
    ?.replace(/["'\s]/g, '')
    .split(/[/:#.]/)
    .at(-1) || undefined

/**
 * What a request calls. The service stands in the call itself (`action`, or the argument beside the message), else in
 * the SOAP action; the message is an argument of text, or the element in the body.
 */
export const callOf = (
  text: string,
  soapAction: string | undefined,
  depth = 0,
): Call | `cn-platform.${XmlFault}` => {
  const document = parseXml(text)
  if (typeof document === 'string') return `cn-platform.${document}`
  const named = lastPart(soapAction)
  const body = at(document, 'Envelope', 'Body')
  if (body === undefined) return { service: named, ...rootOf(document), text: text.trim() }
  const given = [...leaves(body)]
  const passed = given.find((leaf) => leaf.text.startsWith('<'))
  if (!passed) return { service: named, ...rootOf(body), text: JSON.stringify(body) }
  const others = given.filter((leaf) => leaf !== passed)
  const action = others.find(({ name }) => actionNames.test(name)) ?? others[0]
  // A request that is kept with its SOAP action has an envelope around its own.
  return depth < deepest
    ? callOf(passed.text, action?.text ?? soapAction, depth + 1)
    : 'cn-platform.no-xml'
}

const deepest = 2

/** A request and its SOAP action in one document, for what has to be read again later. */
export const withAction = (text: string, soapAction: string): string => {
  const [action, message] = [soapAction, text].map(escaped)
  return `<Envelope><Body><call><action>${action}</action><message>${message}</message></call></Body></Envelope>`
}

const rootOf = (document: unknown): Pick<Call, 'root' | 'message'> => {
  const entries = Object.entries((document ?? {}) as Element)
  const [root, message] = entries.find(([name]) => !/^[?@#]/.test(name)) ?? []
  return { root, message }
}
