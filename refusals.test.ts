import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { refusals } from './packages/adapters/src/intake/hl7v2/index.ts'
import { en } from './packages/core/src/views/catalogue/en.ts'

/** `kind.why-not`; a hole of a template stands as `*`. */
const shape = /^[a-z*][a-z0-9-]*\.[a-z][a-z0-9-]*$/

/** What a code is called on its way from where it is given to where it is refused. */
const carriers = new Set(['code', 'fault', 'message', 'reason'])

const sourcesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
    .filter((name) => !/(^|\/)(testing|catalogue)\//.test(name))
    .map((name) => join(folder, name))

const parse = (file: string, text: string) =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)

const nodesIn = (root: ts.Node): ts.Node[] => {
  const found: ts.Node[] = []
  const visit = (node: ts.Node) => {
    found.push(node)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return found
}

/** The codes written in an expression, whichever way it decides among them. */
const codesIn = (expression: ts.Node): string[] =>
  nodesIn(expression)
    .flatMap((node) => {
      if (ts.isStringLiteralLike(node)) return [node.text]
      if (!ts.isTemplateExpression(node)) return []
      return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('*')
    })
    .filter((text) => shape.test(text))

const nameOf = (node: ts.Node | undefined) =>
  node && (ts.isIdentifier(node) || ts.isStringLiteral(node)) ? node.text : undefined

/** What is called or constructed, by its bare name. */
const calleeOf = (node: ts.Node) =>
  ts.isCallExpression(node) || ts.isNewExpression(node) ? nameOf(node.expression) : undefined

const argumentsOf = (node: ts.Node): readonly ts.Expression[] =>
  ts.isCallExpression(node) || ts.isNewExpression(node) ? (node.arguments ?? []) : []

/** What a node puts into a carrier: `code: x`, `const code = x`, `(code = x) =>`, or `code` alone. */
const carriedBy = (node: ts.Node): ts.Node | undefined => {
  if (ts.isShorthandPropertyAssignment(node))
    return carriers.has(node.name.text) ? node.name : undefined
  const holds =
    ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) || ts.isParameter(node)
  return holds && carriers.has(nameOf(node.name) ?? '') ? node.initializer : undefined
}

/** What a schema says of an input that it does not take: `.refine(holds, code)`, `.regex(form, code)`. */
const saidBySchema = (node: ts.Node): ts.Node | undefined =>
  ts.isCallExpression(node) &&
  ts.isPropertyAccessExpression(node.expression) &&
  /^(refine|regex)$/.test(node.expression.name.text)
    ? node.arguments[1]
    : undefined

const refusers = ['refuse', 'Refusal']

/** Functions of a file that refuse, or carry on, what they are given. */
const giversIn = (nodes: readonly ts.Node[]): Set<string> => {
  const givers = new Set(refusers)
  const functions = nodes.filter(
    (node) => ts.isArrowFunction(node) || ts.isFunctionDeclaration(node),
  )
  for (let known = 0; known < givers.size; ) {
    known = givers.size
    for (const each of functions) {
      const parameters = new Set(each.parameters.map(({ name }) => nameOf(name)))
      const isHandedOn = nodesIn(each).some((node) => {
        const handed = givers.has(calleeOf(node) ?? '') ? argumentsOf(node)[0] : carriedBy(node)
        return parameters.has(nameOf(handed) ?? '')
      })
      const name = nameOf(
        each.name ?? (ts.isVariableDeclaration(each.parent) ? each.parent.name : undefined),
      )
      if (isHandedOn && name !== undefined) givers.add(name)
    }
  }
  return givers
}

interface Found {
  readonly codes: string[]
  /** Refusals whose code nothing here can tell. */
  readonly untold: string[]
  /** The kinds of record that the file declares slices of. */
  readonly kinds: string[]
}

const scan = (file: string, text = readFileSync(file, 'utf8')): Found => {
  const nodes = nodesIn(parse(file, text))
  const givers = giversIn(nodes)
  const parameters = new Set(nodes.filter(ts.isParameter).map(({ name }) => nameOf(name)))
  const found: Found = { codes: [], untold: [], kinds: [] }

  const readCall = (node: ts.Node, callee: string, [first, ...rest]: readonly ts.Expression[]) => {
    if (!first || !givers.has(callee)) return
    const refuses = refusers.includes(callee)
    const told = [first, ...(refuses ? [] : rest)].flatMap(codesIn)
    found.codes.push(...told)
    const handed = ts.isPropertyAccessExpression(first) ? first.name.text : nameOf(first)
    const isHandedOn = carriers.has(handed ?? '') || parameters.has(handed)
    if (refuses && told.length === 0 && !isHandedOn) found.untold.push(node.getText())
  }
  const readTable = ({ name, type, initializer }: ts.VariableDeclaration) => {
    const fields = initializer ? nodesIn(initializer).filter(ts.isPropertyAssignment) : []
    const names = fields.map((field) => nameOf(field.name) ?? '')
    if (nameOf(name) === 'refusals') found.codes.push(...names.filter((each) => shape.test(each)))
    const kind = fields[names.indexOf('name')]?.initializer
    if (type?.getText().startsWith('Slice<')) found.kinds.push(nameOf(kind) ?? '')
  }
  for (const node of nodes) {
    readCall(node, calleeOf(node) ?? '', argumentsOf(node))
    const carried = carriedBy(node) ?? saidBySchema(node)
    if (carried) found.codes.push(...codesIn(carried))
    if (ts.isVariableDeclaration(node)) readTable(node)
  }
  return found
}

const packages = ['rules', 'core', 'adapters'] as const
const scans = packages.flatMap((name) =>
  sourcesOf(`packages/${name}/src`).map((file) => ({ name, file, ...scan(file) })),
)
const kinds = scans.flatMap((each) => each.kinds)

/** Every code, with the first file that gives it; words of the catalogue are codes of another sort. */
const given = (name?: (typeof packages)[number]) => {
  const files = new Map<string, string>()
  for (const { file, codes } of scans.filter((each) => name === undefined || each.name === name)) {
    for (const code of codes) {
      const all = code.startsWith('*') ? kinds.map((kind) => kind + code.slice(1)) : [code]
      for (const one of all) if (!(one in en) && !files.has(one)) files.set(one, file)
    }
  }
  return files
}

const documentedIn = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/^\| `([a-z0-9-]+\.[a-z0-9-]+)` +\|/gm)].map(
    ([, code = '']) => code,
  )
const documented = documentedIn('docs/reference/refusals.md')

describe('the page of refusals', () => {
  it('has a row for every code that the sources give', () => {
    const missing = [...given()].filter(([code]) => !documented.includes(code))
    expect(Object.fromEntries(missing)).toEqual({})
  })

  it('has no row for a code that no source gives any more, and none twice', () => {
    const codes = given()
    expect(documented.filter((code) => !codes.has(code))).toEqual([])
    expect(documented.filter((code, at) => documented.indexOf(code) !== at)).toEqual([])
  })

  it('can be held against the sources: each says its code where it refuses', () => {
    const untold = scans.flatMap(({ file, untold: lines }) =>
      lines.map((line) => `${file}: ${line}`),
    )
    expect(untold).toEqual([])
  })
})

describe('the page of HL7 v2', () => {
  it('lists what is quarantined, code by code', () => {
    expect(documentedIn('docs/reference/hl7v2.md').sort()).toEqual(Object.keys(refusals).sort())
  })
})

describe('the catalogues', () => {
  const said = Object.keys(en).flatMap((word) => {
    return word.startsWith('refusal.') ? [word.slice('refusal.'.length)] : []
  })

  it('have words for every refusal of core', () => {
    const missing = [...given('core')].filter(([code]) => !said.includes(code))
    expect(Object.fromEntries(missing)).toEqual({})
  })

  it('have none for a refusal that is no more', () => {
    const codes = given()
    expect(said.filter((code) => !codes.has(code))).toEqual([])
  })
})

describe('the search for codes', () => {
  const codes = (text: string) => scan('a.ts', text).codes
  it.each([
    ['refused at once', "refuse('a.b', { verb: 'log.read' })"],
    ['thrown', "throw new Refusal('a.b')"],
    ['decided on', "refuse(late ? 'a.b' : missing ?? 'a.b')"],
    ['of a template', `refuse(\`\${slice.name}.unknown\`)`],
    ['carried', "faults.push({ code: 'a.b', path })"],
    ['of a table', "export const refusals = { 'a.b': 'text' } as const"],
    ['of a schema', "z.string().regex(form, 'a.b')"],
    ['handed to a function that carries it', "const f = (code) => push({ code }); f('a.b')"],
    ['handed to a function that refuses it', "const f = (what) => refuse(what); f('a.b')"],
  ])('finds one that is %s', (_, text) => {
    expect(new Set(codes(text))).toEqual(new Set([text.includes('`') ? '*.unknown' : 'a.b']))
  })

  it('takes no event and no verb for one', () => {
    expect(codes("[{ type: 'patient.died' }, on(id, { type: 'a.b' })]")).toEqual([])
  })

  it('tells where it cannot know', () => {
    expect(scan('a.ts', 'refuse(codeFor(state))').untold).toEqual(['refuse(codeFor(state))'])
  })
})
