// Code blocks of the documentation come from files that run: a block opened by
//   ```ts examples/ten-lines.ts#ten-lines
// holds the lines between `#region ten-lines` and `#endregion ten-lines` of that file, or the whole
// file without a `#`. `pnpm docs:sync` writes them; a test sees that they are up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')

/** All pages, by their path from the root. */
export const pages = () => [
  ...['README.md', 'README.zh-CN.md', 'CONTRIBUTING.md'],
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md') && !name.startsWith('api'))
    .map((name) => join('docs', name)),
]

const snippet = (path: string, region: string | undefined) => {
  const lines = readFileSync(join(root, path), 'utf8').split('\n')
  if (region === undefined) return lines.join('\n').trimEnd()
  const start = lines.findIndex((line) => line.trim() === `// #region ${region}`)
  const end = lines.findIndex((line) => line.trim() === `// #endregion ${region}`)
  if (start < 0 || end < start) throw new Error(`${path} has no region ${region}`)
  const body = lines.slice(start + 1, end)
  const indents = body.filter(Boolean).map((line) => line.length - line.trimStart().length)
  return body.map((line) => line.slice(Math.min(...indents))).join('\n')
}

/** A page with its code blocks as the files have them now. */
export const synced = (page: string) => {
  const text = readFileSync(join(root, page), 'utf8')
  return text.replace(
    /^(```\w+ ([\w./-]+?)(?:#([\w-]+))?)\n[\s\S]*?^```$/gm,
    (_block, opening: string, path: string, region: string | undefined) =>
      `${opening}\n${snippet(path, region)}\n\`\`\``,
  )
}

if (process.argv[1] === import.meta.filename) {
  for (const page of pages()) writeFileSync(join(root, page), synced(page))
}
