#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { program } from './program.ts'

const run = program({
  read: (file) => readFileSync(file === '-' ? process.stdin.fd : file, 'utf8'),
  print: (line) => process.stdout.write(`${line}\n`),
  complain: (line) => process.stderr.write(`${line}\n`),
})

process.exitCode = run(process.argv)
