import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '@hospital-crm/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTemplate, type Encoding, type Value } from './index.ts'

const compile = (source: string, encoding: Encoding = 'text') =>
  compileTemplate(source, { encoding, zone: 'Asia/Shanghai' })
const render = (
  source: string,
  values: Readonly<Record<string, Value>> = {},
  encoding?: Encoding,
) => compile(source, encoding).render(values)
const refusal = (attempt: () => unknown) => {
  try {
    return attempt()
  } catch (error) {
    return error instanceof Refusal ? { code: error.code, ...error.details } : error
  }
}

describe('a template', () => {
  const source =
    '{{ name }}您好,{% if visits > 1 %}您第{{ visits }}次{% else %}您首次{% endif %}就诊后的随访定于' +
    '{{ due | date: "%-m月%-d日" }}。{{ note | default: "" }}'

  it('says what its values are, by the conditions it states', () => {
    const values = { name: '王秀英', visits: 2, due: '2026-03-09' }
    expect(render(source, values)).toBe('王秀英您好,您第2次就诊后的随访定于3月9日。')
    expect(render(source, { ...values, visits: 1, note: '请空腹。' })).toBe(
      '王秀英您好,您首次就诊后的随访定于3月9日。请空腹。',
    )
  })

  it('names the values it knows', () => {
    expect([...compile(source).names].sort()).toEqual(['due', 'name', 'note', 'visits'])
    expect(compile('{% assign a = b %}{{ a }}').names).toEqual(['b'])
  })

  it.each([
    ['{{ name }}', 'name'],
    ['x\n {{ a.b }}', 'a'],
    ['{{ "x" | append: name }}', 'name'],
    ['{{ toString }}', 'toString'],
    ['{{ constructor }}', 'constructor'],
    ['{{ __proto__ }}', '__proto__'],
  ])('%j is refused without its value', (text, name) => {
    const said = refusal(() => render(text))
    expect(said).toMatchObject({
      code: 'template.missing-value',
      name: expect.stringContaining(name),
    })
  })

  it('is refused where the absent value was given another name', () => {
    const said = refusal(() => render('\n{% assign x = name %}{{ x }}'))
    expect(said).toEqual({ code: 'template.missing-value', line: 2, column: 22 })
  })

  it('may ask whether there is a value', () => {
    const text = '{% if name %}{{ name }}{% else %}您{% endif %}{{ title | default: "先生/女士" }}'
    expect(render(text)).toBe('您先生/女士')
    expect(render('{% unless refused %}x{% endunless %}')).toBe('x')
  })

  it('shows days as they are and instants as of the hospital’s zone', () => {
    const text = '{{ at | date: "%Y-%m-%d %H:%M" }}|{{ day | date }}'
    expect(render(text, { at: '2026-03-08T18:30:00Z', day: '2026-03-09' })).toBe(
      '2026-03-09 02:30|2026-03-09',
    )
    const western = compileTemplate('{{ day | date: "%-d %B" }}', {
      encoding: 'text',
      zone: 'America/New_York',
      locale: 'en',
    })
    expect(western.render({ day: '2026-03-09' })).toBe('9 March')
    for (const value of ['now', 'today', '王秀英', '12', '2026']) {
      expect(refusal(() => render('{{ d | date }}', { d: value }))).toMatchObject({
        code: 'template.failed',
        line: 1,
      })
    }
  })

  it('refuses a value that is a list, a record or nothing', () => {
    for (const value of [[], {}, null, undefined, () => 1]) {
      expect(refusal(() => render('x', { v: value as never }))).toEqual({
        code: 'template.bad-value',
        name: 'v',
      })
    }
    expect(refusal(() => render('{{ n | divided_by: 0 }}', { n: 1 }))).toMatchObject({
      code: 'template.failed',
    })
  })
})

describe('a source that is no template', () => {
  it.each([
    ['{{ name', 1, 1],
    ['x\n{% if a %}', 2, 1],
    ['{% if a %}\n{% endfor %}', 2, 1],
    ['{{ name | nope }}', 1, 1],
    ['{{ name | constructor }}', 1, 1],
    ['{% nope %}', 1, 1],
  ])('%j is refused with its place', (source, line, column) => {
    expect(refusal(() => compile(source))).toEqual({ code: 'template.malformed', line, column })
  })
})

describe('a hostile template', () => {
  it.each([
    '{% include "/etc/passwd" %}',
    '{% render "/etc/passwd" %}',
    '{% layout "/etc/passwd" %}',
    '{% for i in (1..100000000) %}x{% endfor %}',
    '{% tablerow i in (1..100) %}x{% endtablerow %}',
    '{% liquid echo name %}',
    '{% capture x %}{{ name }}{% endcapture %}{{ x }}',
    '{% increment x %}',
    '{{ name | raw }}',
    '{{ name | json }}',
    '{{ name | inspect }}',
    '{{ name | where_exp: "x", "x" }}',
    '{{ name | url_decode }}',
    '{{ name | base64_decode }}',
    '{{ name | strip_html }}',
    '{{ name | split: "" | sort }}',
  ])('reaches neither files nor loops nor what would not be escaped: %j', (source) => {
    expect(refusal(() => compile(source))).toMatchObject({ code: 'template.malformed' })
  })

  it.each([
    `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(60)}{{ a }}`,
    '{{ "2026-03-09" | date: "%9999999999Y" }}',
    `{{ "${'a'.repeat(19_000)}" }}`.repeat(2),
    '{% assign a = (1..-900000000) %}{% assign b = (1..900000000) %}{{ b }}',
    `${'{% if a %}'.repeat(5000)}`,
  ])('is refused when it would take more than a message does (%#)', (source) => {
    const said = refusal(() => render(source)) as { code: string }
    expect(['template.too-costly', 'template.malformed']).toContain(said.code)
  })

  it('finds nothing in its values but the values', () => {
    for (const path of ['constructor', '__proto__', 'toString', 'length.constructor', 'at']) {
      expect(refusal(() => render(`{{ name.${path} }}`, { name: 'x' }))).toMatchObject({
        code: 'template.missing-value',
      })
    }
    expect(render('{{ name.size }}{{ name | size }}', { name: 'abc' })).toBe('33')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('tells no value in its refusals', () => {
    const values = { name: '王秀英', phone: '15400000001' }
    for (const source of ['{{ name | date }}', '{{ name.x }}', '{{ phone | divided_by: 0 }}']) {
      const said = JSON.stringify(refusal(() => render(source, values)))
      expect(said).not.toMatch(/王秀英|1540000/)
      expect(said).toContain('template.')
    }
  })
})

describe('a value', () => {
  const sly = '<b onclick="x(\'1\')">&amp;</b>'

  it('stays text in HTML', () => {
    expect(render('<p>{{ v }}</p>', { v: sly }, 'html')).toBe(
      '<p>&lt;b onclick=&quot;x(&#39;1&#39;)&quot;&gt;&amp;amp;&lt;/b&gt;</p>',
    )
  })

  it('brings no line, control character or turned direction into a text', () => {
    const v = `a\r\nSTOP\u0000b\u202Ec\u2066d\u200Be`
    expect(render('{{ v }}', { v })).toBe('a STOP b c d e')
    expect(render('{{ v }}', { v: sly })).toBe(sly)
    expect(render('{{ v }}', { v: '👩‍⚕️ 𠮷' })).toBe('👩‍⚕️ 𠮷')
  })

  it('is one value in JSON, and what is no JSON is refused', () => {
    const source = '{"name": {{ name }}, "visits": {{ visits }}, "known": {{ known }}}'
    const values = { name: '","admin":true,"x":"\n', visits: 2, known: false }
    expect(JSON.parse(render(source, values, 'json'))).toEqual(values)
    expect(refusal(() => render('{"name": "{{ name }}"}', values, 'json'))).toEqual({
      code: 'template.not-json',
    })
  })

  it('never changes how the text around it is read', () => {
    const any = fc.string({ unit: fc.constantFrom(...'<>"\'&;#{}%\\\n\u2028a王🙂') })
    const html = compile('<a title="{{ v }}">{{ v }}</a>', 'html')
    const json = compile('{"a":{{ v }},"b":[{{ v }}]}', 'json')
    fc.assert(
      fc.property(any, (v) => {
        const page = html.render({ v })
        const marks = page.replace(/&(amp|lt|gt|quot|#39);/g, '').replace(/[^<>"'&]/g, '')
        return (
          marks === '<""><>' && isDeepStrictEqual(JSON.parse(json.render({ v })), { a: v, b: [v] })
        )
      }),
    )
  })
})
