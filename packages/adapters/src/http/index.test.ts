import { describe, expect, it } from 'vitest'
import { ward } from './ward.fixture.ts'

const someone = { name: '王秀英', phones: ['15400000001'], identifiers: [{ value: 'M-1' }] }

describe('a command', () => {
  it('answers with the record, its version and what happened', async () => {
    const { nurse } = await ward()
    const { status, headers, body } = await nurse('/commands/bed/make', { bed: 'b/1', ward: 'eye' })
    expect([status, body]).toEqual([200, { id: 'b/1', version: 1, events: ['bed.made'] }])
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('under a key answers the same for ever, and refuses another body', async () => {
    const { nurse, head } = await ward()
    const key = { 'idempotency-key': '"8e03978e-40d5"' }
    const first = await nurse('/commands/patient/register', someone, key)
    expect(await nurse('/commands/patient/register', someone, key)).toMatchObject({
      body: first.body,
    })
    const bare = { 'idempotency-key': '8e03978e-40d5' }
    expect((await nurse('/commands/patient/register', someone, bare)).body).toEqual(first.body)
    const other = await nurse('/commands/patient/register', { ...someone, name: '李' }, key)
    expect([other.status, other.body.code]).toEqual([422, 'cause.reused'])
    const elsewhere = await nurse('/commands/bed/make', { bed: 'b', ward: 'w' }, key)
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'cause.reused'])
    // The key is the client's own.
    const another = await head('/commands/bed/make', { bed: 'b', ward: 'w' }, key)
    expect(another.status).toBe(200)
  })

  it('on a version that has passed is refused', async () => {
    const { nurse } = await ward()
    const make = (ward: string, headers: Record<string, string>) =>
      nurse('/commands/bed/make', { bed: 'b', ward }, headers)
    expect((await make('one', { 'if-none-match': '*' })).body.version).toBe(1)
    expect((await make('one', { 'if-none-match': '*' })).status).toBe(412)
    const { headers } = await nurse('/records/bed/b')
    const seen = { 'if-match': headers.get('etag') ?? '' }
    expect((await make('two', seen)).body.version).toBe(2)
    const late = await make('three', seen)
    expect([late.status, late.body.code]).toEqual([412, 'record.changed'])
    expect((await nurse('/records/bed/b')).body.state.ward).toBe('two')
  })

  it.each([
    ['idempotency-key', 'two words'],
    ['idempotency-key', ''],
    ['idempotency-key', 'x'.repeat(256)],
    ['if-match', 'W/"1"'],
    ['if-match', '1'],
    ['if-match', '"1", "2"'],
    ['if-none-match', '"1"'],
  ])('with %s: %j is refused', async (name, value) => {
    const { nurse } = await ward()
    const { status, body } = await nurse(
      '/commands/bed/make',
      { bed: 'b', ward: 'w' },
      { [name]: value },
    )
    expect([status, body.code]).toEqual([400, 'http.malformed-header'])
  })

  it('is what its path says, whatever its body says', async () => {
    const { nurse } = await ward()
    await nurse('/commands/bed/make', { bed: 'b', ward: 'one' })
    const swept = await nurse('/commands/bed/sweep', { type: 'make', bed: 'b', ward: 'two' })
    expect([swept.status, swept.body.code]).toEqual([409, 'bed.swept-already'])
    expect((await nurse('/records/bed/b')).body.version).toBe(1)
  })
})

describe('what is read', () => {
  it('is covered unless opened, as far as the roles go, and that is in the log', async () => {
    const { nurse, as, crm } = await ward()
    const { id } = (await nurse('/commands/patient/register', someone)).body
    expect((await nurse(`/records/patient/${id}`)).body.state.name).toBe('王**')
    expect((await nurse(`/records/patient/${id}?open=true`)).body.state.name).toBe('王秀英')
    expect((await as('clerk')(`/records/patient/${id}?open=true`)).body.state.name).toBe('王**')
    const log = await crm.for({ tenant: 'east' }).door.log()
    const opened = log.filter(({ type }) => type === 'access.opened')
    expect(opened.map(({ actor }) => actor)).toEqual(['li'])
  })

  it('is found by personal data that stands in no address', async () => {
    const { nurse } = await ward()
    const { id } = (await nurse('/commands/patient/register', someone)).body
    const found = await nurse('/searches/patient', { by: 'name', value: '王秀英' })
    expect(found.body.items.map((item: { id: string }) => item.id)).toEqual([id])
    const none = await nurse('/searches/patient', { by: 'phone', value: '15400000002' })
    expect(none.body).toEqual({ items: [] })
  })

  it('has a history without personal data, and can be put back', async () => {
    const { nurse } = await ward()
    const { id } = (await nurse('/commands/patient/register', someone)).body
    await nurse('/commands/patient/register', { patient: id, address: '鼓楼区' })
    const { body } = await nurse(`/records/patient/${id}/history`)
    expect(body.items.map((item: { type: string }) => item.type)).toContain(
      'patient.details-changed',
    )
    expect(JSON.stringify(body)).not.toMatch(/sealed|"cause"|王|鼓楼/)
    const first = await nurse(`/records/patient/${id}/history?limit=1`)
    const rest = await nurse(
      `/records/patient/${id}/history${first.headers.get('link')?.match(/<(.*)>/)?.[1]}`,
    )
    expect(rest.body.items[0]).toEqual(body.items[1])
    const restored = await nurse(`/records/patient/${id}/restore`, { version: 1 })
    expect(restored.body).toMatchObject({ id, events: ['patient.restored'] })
    expect((await nurse(`/records/patient/${id}`)).body.state.address).toBeUndefined()
  })

  it('comes page by page, of a list that the slice declares', async () => {
    const { nurse } = await ward()
    const beds = ['a', 'b/2', '三', 'd', 'e%2F']
    for (const bed of beds) await nurse('/commands/bed/make', { bed, ward: 'eye' })
    await nurse('/commands/bed/make', { bed: 'x', ward: 'ear' })
    const read: string[] = []
    let query = '?ward=eye&limit=2'
    for (;;) {
      const { body, headers } = await nurse(`/lists/bed/ward${query}`)
      read.push(...body.items.map((item: { id: string }) => item.id))
      const next = headers.get('link')?.match(/^<(.*)>; rel="next"$/)?.[1]
      expect(next === undefined).toBe(body.next === undefined)
      if (next === undefined) break
      query = next
    }
    expect(read.toSorted()).toEqual(beds.toSorted())
    const both = await nurse('/lists/bed/ward?ward=ear&ward=eye&limit=500')
    expect(both.body.items).toHaveLength(6)
    for (const bed of beds)
      expect((await nurse(`/records/bed/${encodeURIComponent(bed)}`)).body.id).toBe(bed)
  })

  it.each([
    '?ward=eye&limit=0',
    '?ward=eye&limit=501',
    '?ward=eye&limit=x',
    '?limit=5',
    '?ward=eye&more=1',
    '?ward=eye&constructor=1',
    '?ward=eye&__proto__=1',
    '?ward=eye&limit=1&limit=2',
    '?ward=eye&after=x',
    '?ward=eye&open=yes',
  ])('is refused when asked as %s', async (query) => {
    const { nurse } = await ward()
    expect((await nurse(`/lists/bed/ward${query}`)).status).toBe(400)
  })

  it('is told of by the changes, which go on where they ended', async () => {
    const { head, nurse } = await ward()
    const { headers } = await head('/changes')
    const query = headers.get('link')?.match(/<(.*)>/)?.[1]
    expect((await head(`/changes${query}`)).body.items).toEqual([])
    await nurse('/commands/bed/make', { bed: 'b', ward: 'eye' })
    const { body } = await head(`/changes${query}&type=bed.*`)
    expect(body.items).toMatchObject([
      { type: 'bed.made', subject: 'bed/b', source: '/tenants/east' },
    ])
    expect((await nurse('/changes')).status).toBe(403)
  })

  it('is asked for by name: figures and day lists', async () => {
    const { head } = await ward()
    const coverage = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }
    expect((await head('/reads/coverage', coverage)).body).toEqual([])
    expect((await head('/reads/day-list', { of: { tier: 1 } })).body).toEqual({ items: [] })
    const wrong = await head('/reads/coverage', { from: 'yesterday' })
    expect([wrong.status, wrong.body.code]).toEqual([400, 'command.malformed'])
  })
})

describe('whoever asks', () => {
  it('is somebody that the host knows, or nobody', async () => {
    const { as } = await ward()
    const { status, headers, body } = await as('stranger')('/records/bed/b')
    expect([status, body.code]).toEqual([401, 'http.unauthenticated'])
    expect(headers.get('www-authenticate')).toBe('Bearer')
    for (const who of [{}, { tenant: 'east' }, { actor: { id: 'x', roles: ['admin'] } }]) {
      const careless = await ward({ identify: () => who as never })
      expect((await careless.nurse('/records/bed/b')).status).toBe(401)
    }
  })

  it('may do what the rule pack says, and sees nothing else', async () => {
    const { as, nurse } = await ward()
    await nurse('/commands/bed/make', { bed: 'b', ward: 'w' })
    const clerk = as('clerk')
    const denied = await clerk('/commands/bed/make', { bed: 'c', ward: 'w' })
    expect([denied.status, denied.body.code]).toEqual([403, 'access.denied'])
    const [hidden, absent] = [await clerk('/records/bed/b'), await nurse('/records/bed/z')]
    expect([hidden.status, hidden.body.code]).toEqual([absent.status, absent.body.code])
    expect((await clerk('/lists/bed/ward?ward=w')).body).toEqual({ items: [] })
    expect((await clerk('/records/bed/b/history')).body).toEqual({ items: [] })
  })

  it('reaches their own hospital only', async () => {
    const { nurse, west, head } = await ward()
    const { id } = (await nurse('/commands/patient/register', someone, { 'idempotency-key': 'k' }))
      .body
    await nurse('/commands/bed/make', { bed: 'b', ward: 'w' })
    expect((await west(`/records/patient/${id}`)).status).toBe(404)
    expect((await west('/records/bed/b')).status).toBe(404)
    expect((await west('/lists/bed/ward?ward=w')).body).toEqual({ items: [] })
    expect((await west('/searches/patient', { by: 'name', value: '王秀英' })).body).toEqual({
      items: [],
    })
    expect((await west('/commands/patient/record-death', { patient: id })).status).toBe(404)
    const { body } = await west('/changes')
    expect(JSON.stringify(body)).not.toMatch(/bed[./]|east/)
    // Their key is theirs: nothing of ours answers to it.
    const own = await west('/commands/patient/register', { name: '李' }, { 'idempotency-key': 'k' })
    expect(own.status).toBe(200)
    expect((await head(`/records/patient/${own.body.id}`)).status).toBe(404)
  })
})

describe('a refusal', () => {
  it('is problem details in the words of whoever asks', async () => {
    const { nurse } = await ward()
    const ask = (language: string) =>
      nurse('/records/patient/x', undefined, { 'accept-language': language })
    const { status, headers, body } = await ask('zh-Hans-CN, en;q=0.5')
    expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json'])
    expect(headers.get('content-language')).toBe('zh-CN')
    expect(body).toEqual({
      type: 'urn:hospital-crm:refusal:patient.unknown',
      title: '没有该患者。',
      status: 404,
      instance: '/records/patient/x',
      code: 'patient.unknown',
      details: {},
    })
    expect((await ask('fr, en;q=0.1')).body.title).toBe('There is no such patient.')
    expect((await ask('zh;q=0, *')).body.title).toBe('There is no such patient.')
  })

  it('of a vendor’s is told by its code, or in the vendor’s words', async () => {
    const { nurse } = await ward()
    expect((await nurse('/commands/bed/sweep', { bed: 'b' })).body.title).toBe('bed.swept-already')
    const catalogues = { en: { 'refusal.bed.swept-already': 'It is clean.' } }
    const { nurse: other } = await ward({ catalogues })
    expect((await other('/commands/bed/sweep', { bed: 'b' })).body.title).toBe('It is clean.')
    expect((await other('/nowhere')).body.title).toBe('There is nothing here.')
  })

  it('names places and never what stood there', async () => {
    const { nurse } = await ward()
    const { status, body } = await nurse('/commands/patient/register', {
      name: 5,
      王秀英: 1,
      phones: ['', '15400000001'],
    })
    expect([status, body.code]).toEqual([400, 'command.malformed'])
    expect(body.detail).toContain('phones.0')
    expect(JSON.stringify(body)).not.toMatch(/王|154/)
  })

  it('is no JSON, too large, or nowhere', async () => {
    const { ask, nurse } = await ward({ maxBytes: 1000 })
    const post = (body: RequestInit['body'], type = 'application/json') =>
      ask(
        new Request('https://crm.example/commands/bed/make', {
          method: 'POST',
          headers: { authorization: 'Bearer nurse', 'content-type': type },
          body,
          ...(body instanceof ReadableStream && { duplex: 'half' }),
        } as RequestInit),
      )
    const codes = async (...said: ReturnType<typeof post>[]) =>
      (await Promise.all(said)).map(({ status, body }) => [status, body.code])
    const bytes = new Uint8Array([0x22, 0xcd, 0xf5, 0x22])
    expect(
      await codes(
        post('{'),
        post(''),
        post('{}', 'text/plain'),
        post('a=b', 'application/x-www-form-urlencoded'),
        post(bytes),
      ),
    ).toEqual(Array(5).fill([415, 'http.not-json']))
    expect(await codes(post('[]'), post('"x"'), post('null'), post('7'))).toEqual(
      Array(4).fill([400, 'command.malformed']),
    )
    const long = new Blob(['"', 'x'.repeat(2000), '"'])
    expect(await codes(post(long), post(long.stream()))).toEqual(
      Array(2).fill([413, 'http.too-large']),
    )
    expect((await nurse('/commands/bed/burn', {})).status).toBe(404)
    expect((await nurse('/commands/bed/make')).status).toBe(404)
  })

  it('that is a defect says nothing of what was worked on', async () => {
    const heard: unknown[] = []
    const logger = {
      warn: (...said: unknown[]) => void heard.push(said),
      info: () => {},
      error: () => {},
    }
    const identify = () => {
      throw new Error('王秀英')
    }
    const { nurse } = await ward()
    const broken = await nurse('/commands/bed/break', { bed: 'b' })
    expect([broken.status, broken.body.code]).toEqual([500, 'command.failed'])
    const { nurse: failing } = await ward({ identify, logger: logger as never })
    const failed = await failing('/records/bed/b')
    expect([failed.status, failed.body.code]).toEqual([500, 'http.failed'])
    expect(heard).toEqual([[{ path: '/records/bed/:id', error: 'Error' }, 'a request failed']])
    expect(JSON.stringify([broken.body, failed.body])).not.toContain('王')
  })
})
