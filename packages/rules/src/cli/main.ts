#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { program } from './program.ts'

// Whoever reads may stop before all is said, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

const run = program({
  read: (file) => readFileSync(file === '-' ? process.stdin.fd : file, 'utf8'),
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
})

process.exitCode = run(process.argv)
