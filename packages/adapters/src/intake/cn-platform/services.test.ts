import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gb18030, utf8 } from '../hl7v2/samples.ts'
import {
  answerTo,
  type CnPlatformOutcome,
  type CnPlatformProfile,
  readCnPlatform,
} from './index.ts'
import {
  appointment,
  discharge,
  encounter,
  other,
  registration,
  soap,
  transfer,
} from './messages.fixture.ts'
import { type Service, services, type Treatment } from './services.ts'

const profile: CnPlatformProfile = {
  source: 'cn-platform:esb',
  zone: 'Asia/Shanghai',
  appointments: {},
}

const read = (body: Uint8Array, soapAction?: string, by = profile) =>
  readCnPlatform({ body, soapAction }, by)

/** A message that says what such a service is about, with that root. */
const messageOf = (treatment: Treatment, root: string): string => {
  if (treatment === 'appointment') return appointment({ root })
  if (treatment === 'merged') return registration({ root }, 'P-9')
  if (treatment === 'person-updated') return registration({ root })
  if (treatment === 'discharged') return discharge({ root })
  if (treatment === 'transferred') return transfer().replaceAll('PRPA_IN302011UV', root)
  return treatment === 'ignored' || treatment === 'query' ? other(root) : encounter({ root })
}

/** The outcome as a row of the table says it. */
const became = (outcome: CnPlatformOutcome) => {
  if (outcome.kind === 'unreadable') return outcome.code
  if (outcome.kind === 'event') {
    const { type } = outcome.event
    return type === 'appointment-booked' ? 'appointment' : type
  }
  return `${outcome.because ? 'query' : 'ignored'} ${outcome.type}`
}

const expected = ({ name, treatment }: Service) =>
  treatment === 'ignored' || treatment === 'query' ? `${treatment} ${name}` : treatment

describe.each(services)('$code $name', (service) => {
  const [root = ''] = service.roots
  const text = messageOf(service.treatment, root)

  it('is known by its code and by its name, in any case, with each root and with another', () => {
    for (const called of [service.code, service.name, service.code.toLowerCase()]) {
      for (const seen of [...service.roots, 'ANOTHER_IN000000UV']) {
        const body = utf8(soap(called, messageOf(service.treatment, seen)))
        expect([called, seen, became(read(body))]).toEqual([called, seen, expected(service)])
      }
    }
  })

  it('may be called in the SOAP action, with prefixes, in GB18030, escaped or as elements', () => {
    const prefixed = text.replace(/<(\/?)([A-Za-z])/g, '<$1v3:$2').replaceAll('xmlns=', 'xmlns:v3=')
    const bodies = [
      utf8(text),
      utf8(prefixed),
      utf8(soap(service.code, prefixed)),
      gb18030(soap(service.code, text).replace('UTF-8', 'GBK')),
      utf8(soap(service.code, text, 'escaped')),
      utf8(soap('', text, 'elements')),
    ]
    for (const body of bodies) {
      const outcome = read(body, `"urn:hl7-org:v3/${service.name}"`)
      expect(became(outcome)).toBe(expected(service))
      // What is kept of it says the same, and is answered the same.
      const again = read(outcome.raw)
      expect([became(again), answerTo(again)]).toEqual([became(outcome), answerTo(outcome)])
    }
  })

  it('with a hostile message is refused before anything is read', () => {
    const bomb = `<!DOCTYPE a [<!ENTITY b "bbbb">]>${text}`
    expect(became(read(utf8(bomb), service.code))).toBe('cn-platform.doctype')
    expect(became(read(utf8(soap(service.code, bomb))))).toBe('cn-platform.doctype')
    const deep = `<${root}>${'<a>'.repeat(200)}${'</a>'.repeat(200)}</${root}>`
    expect(became(read(utf8(soap(service.code, deep))))).toBe('cn-platform.no-xml')
    const small = { ...profile, maxBytes: 200 }
    expect(became(read(utf8(text), service.code, small))).toBe('cn-platform.too-large')
  })

  it('is answered with its message id: AA, and AE where it asks for what others keep', () => {
    const answer = answerTo(read(utf8(soap(service.code, text))))
    const id = /extension="(M-\d)"/.exec(text)?.[1]
    expect(answer).toEqual(
      service.treatment === 'query'
        ? { code: 'AE', messageId: id, because: 'cn-platform.query' }
        : { code: 'AA', messageId: id, because: undefined },
    )
  })
})

describe('a message that nothing names a service of', () => {
  const alone = (root: string, treatment: Treatment) =>
    became(read(utf8(messageOf(treatment, root))))

  it('goes by its root where all services of that root mean the same', () => {
    expect(alone('PRPA_IN201311UV02', 'person-updated')).toBe('person-updated')
    expect(alone('PRPA_IN201304UV02', 'merged')).toBe('merged')
    expect(alone('PRPA_IN302012UV', 'transferred')).toBe('transferred')
    expect(alone('PRPA_IN402003UV02', 'discharged')).toBe('discharged')
    expect(alone('PRPA_IN410002UV', 'appointment')).toBe('appointment')
    expect(alone('POOR_IN200902UV', 'ignored')).toBe('ignored POOR_IN200902UV')
    expect(alone('QUMT_IN020030PL', 'query')).toBe('query QUMT_IN020030PL')
  })

  it.each(['PRPA_IN400001UV', 'PRPA_IN400002UV', 'PRPA_IN402001UV02', 'ANOTHER_IN000000UV'])(
    'is refused with the root %s, which may mean this or that, or nothing',
    (root) => {
      expect(alone(root, 'admitted')).toBe('cn-platform.no-service')
    },
  )

  it('is not helped by its root where an unknown service is called', () => {
    const text = messageOf('merged', 'PRPA_IN201304UV02')
    expect(became(read(utf8(soap('S0099', text))))).toBe('cn-platform.unknown-service')
  })
})

describe('a vendor’s own code', () => {
  it('may be settled as one that concerns nothing here, or asks', () => {
    const by = { ...profile, services: { S0065: 'ignored', E1: 'query' } as const }
    const outcomeOf = (service: string) =>
      read(utf8(soap(service, other('X_IN000001UV'))), undefined, by)
    expect(became(outcomeOf('S0065'))).toBe('ignored S0065')
    expect(became(outcomeOf('E1'))).toBe('query E1')
    expect(answerTo(outcomeOf('E2'))).toEqual({
      ...{ code: 'AA', messageId: 'M-6', because: 'cn-platform.unknown-service' },
    })
  })
})

describe('the table of services', () => {
  const page = readFileSync('docs/reference/cn-platform.md', 'utf8')
  const cell = (text: string) => text.trim().replaceAll('`', '')
  const rows = [...page.matchAll(/^\| `(S\d{4})`(.*)\|$/gm)].map(([, code = '', rest = '']) => {
    const [, name = '', , roots = '', treatment = ''] = rest.split('|').map(cell)
    return { code, name, roots: roots.split(' '), treatment }
  })

  it('in the documentation is the one that calls are dispatched by', () => {
    expect(rows).toEqual(services)
  })

  it('has each number from S0001 to S0054 once, and no name twice', () => {
    const numbers = Array.from({ length: 54 }, (_, at) => `S${String(at + 1).padStart(4, '0')}`)
    expect(services.map(({ code }) => code)).toEqual(numbers)
    expect(new Set(services.map(({ name }) => name)).size).toBe(54)
  })
})
