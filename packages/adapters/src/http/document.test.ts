import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { ward } from './ward.fixture.ts'

const { crm, handle } = await ward()

interface Account {
  readonly anyOf?: readonly Account[]
  readonly oneOf?: readonly Account[]
  readonly properties?: { readonly type?: { readonly const?: string; readonly enum?: string[] } }
}

/** The types of a slice's commands by zod's own account of the whole, where the routes take it apart. */
const typesIn = ({ anyOf, oneOf, properties }: Account): readonly string[] => {
  const { const: one, enum: several } = properties?.type ?? {}
  return (anyOf ?? oneOf)?.flatMap(typesIn) ?? several ?? (one === undefined ? [] : [one])
}

describe('the document', () => {
  // biome-ignore lint/suspicious/noExplicitAny: the document is looked at field by field.
  let document: any
  const bodyOf = (path: string) =>
    document.paths[path]?.post.requestBody.content['application/json'].schema.$ref.split('/').at(-1)

  beforeAll(async () => {
    document = await (await handle(new Request('https://crm.example/openapi.json'))).json()
  })

  it('is OpenAPI 3.1, by a validator of others', async () => {
    expect(await new Validator().validate(document)).toEqual({ valid: true })
    expect(document.openapi).toBe('3.1.0')
  })

  it('refers to nothing that is not there', () => {
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)]
    const lost = refs.filter(([, pointer = '']) => {
      const found = pointer.split('/').reduce((part, name) => part?.[name], document)
      return found === undefined
    })
    expect(refs.length).toBeGreaterThan(500)
    expect(lost).toEqual([])
  })

  it.each([...crm.slices.values()].map((slice) => [slice.name, slice] as const))(
    'has every command, record and list of %s',
    (kind, { command, lists = {}, foundBy, restorable }) => {
      const types = typesIn(
        z.toJSONSchema(command, { io: 'input', unrepresentable: 'any' }) as Account,
      )
      const commands = types.map((type) => `/commands/${kind}/${type}`)
      const expected = [
        ...commands,
        `/records/${kind}/{id}`,
        `/records/${kind}/{id}/history`,
        ...(restorable ? [`/records/${kind}/{id}/restore`] : []),
        ...Object.keys(lists).map((list) => `/lists/${kind}/${list}`),
        ...(foundBy ? [`/searches/${kind}`] : []),
      ]
      const paths = Object.keys(document.paths).filter((path) => path.split('/')[2] === kind)
      expect(paths.sort()).toEqual(expected.sort())
      for (const type of types) {
        const schema = document.components.schemas[bodyOf(`/commands/${kind}/${type}`)]
        expect(schema).toMatchObject({ type: 'object' })
        expect(schema.required ?? []).not.toContain('type')
      }
    },
  )

  it('has every read', () => {
    for (const name of crm.reads.keys()) expect(bodyOf(`/reads/${name}`)).toMatch(/^read\./)
  })

  it('writes personal data as plain texts, and reads them as such or as null', () => {
    const { schemas } = document.components
    const { name } = schemas['patient.register'].properties
    expect(name).toMatchObject({ type: 'string', 'x-personal': { as: 'name', level: 3 } })
    const person = schemas.patient.oneOf.find(
      ({ properties }: { properties: { status: { const: string } } }) =>
        properties.status.const === 'person',
    )
    expect(person.properties.name).toEqual({ type: ['string', 'null'] })
    expect(JSON.stringify(document)).not.toContain('"sealed"')
  })

  it('names the host’s way of telling who asks, and where it is reached', async () => {
    const bearer = { type: 'http', scheme: 'bearer' }
    const other = await ward({ base: '/crm', document: { title: 'East', security: { bearer } } })
    const found = await other.handle(new Request('https://crm.example/crm/openapi.json'))
    const said = (await found.json()) as Record<string, unknown>
    expect(said).toMatchObject({
      info: { title: 'East' },
      servers: [{ url: '/crm' }],
      security: [{ bearer: [] }],
      components: { securitySchemes: { bearer } },
    })
    expect(await new Validator().validate({ ...said })).toEqual({ valid: true })
  })
})
