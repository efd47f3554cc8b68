#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { Command } from 'commander'
import { testFiles } from './test-files.ts'

const program = new Command('hospital-crm-rules')
  .description('Runs the rule engine on case files: no host, no store, no code.')
  .exitOverride()

program
  .command('test')
  .description(
    'Run case files (JSON or YAML). Exits 0, 1 when a case fails, 2 when a file is refused.',
  )
  .argument('<files...>', 'paths, or - for standard input')
  .action((files: string[]) => {
    process.exitCode = testFiles(files, {
      read: (file) => readFileSync(file === '-' ? process.stdin.fd : file, 'utf8'),
      print: (line) => process.stdout.write(`${line}\n`),
      complain: (line) => process.stderr.write(`${line}\n`),
    })
  })

try {
  program.parse()
} catch (error) {
  const isHelp = error instanceof Error && 'exitCode' in error && error.exitCode === 0
  process.exitCode = isHelp ? 0 : 2
}
