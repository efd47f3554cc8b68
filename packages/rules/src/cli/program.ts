import { Command, CommanderError } from 'commander'
import { checkFiles } from './check-files.ts'
import { coverageOfFile } from './coverage-file.ts'
import { diffFiles } from './diff-files.ts'
import { emitFile } from './emit-file.ts'
import { explainFile } from './explain-file.ts'
import type { ExitCode, Outside } from './outside.ts'
import { printSchema } from './print-schema.ts'
import { simulateFiles } from './simulate-files.ts'
import { RefusedFile } from './source.ts'
import { testFiles } from './test-files.ts'

const asJson = ['--json', 'print JSON'] as const
const onDay = ['--at <day>', 'take the versions in force on YYYY-MM-DD, not the newest'] as const
const oneSet = ['--set <id>', 'the set that is meant, id or id@version'] as const

/** The command line as a function of its arguments; gives the exit code and never throws for a file. */
export const program =
  (outside: Outside) =>
  (argv: readonly string[]): ExitCode => {
    let code: ExitCode = 0
    const cli = new Command('hospital-crm-rules')
      .description(
        'Rules without a host, a store or code. Files are JSON or YAML, - is standard input.',
      )
      .addHelpText('after', '\nExit codes: 0 all is well, 1 found or failed or differs, 2 refused.')
      .exitOverride()
      .configureOutput({
        writeOut: (text) => outside.print(text.trimEnd()),
        writeErr: (text) => outside.complain(text.trimEnd()),
      })

    cli
      .command('check <files...>')
      .description('check rules: shape, words, types, gaps, overlaps, shadowed rows')
      .option(...asJson)
      .action((files, options) => {
        code = checkFiles(files, options, outside)
      })
    cli
      .command('test <files...>')
      .description('run case files, and the fixtures that rule books carry')
      .option(...asJson)
      .action((files, options) => {
        code = testFiles(files, options, outside)
      })
    cli
      .command('explain <file>')
      .description('what a set decides for facts, and why')
      .requiredOption('--facts <file>', 'facts: JSON, YAML, or CSV with a line of columns')
      .option(...oneSet)
      .option(...onDay)
      .option(...asJson)
      .action((file, options) => {
        code = explainFile(file, options, outside)
      })
    cli
      .command('simulate <before> <after>')
      .description('who would be decided otherwise, over past facts')
      .option('--facts <file>', 'past facts; without them the cases of the first file')
      .option(...onDay)
      .option(...asJson)
      .action((before, after, options) => {
        code = simulateFiles([before, after], options, outside)
      })
    cli
      .command('coverage <file>')
      .description('which rules and conditions the cases of a file leave untested')
      .option(...asJson)
      .action((file, options) => {
        code = coverageOfFile(file, options, outside)
      })
    cli
      .command('diff <before> <after>')
      .description('what differs between two versions, in plain words')
      .option(...asJson)
      .action((before, after, options) => {
        code = diffFiles([before, after], options, outside)
      })
    cli
      .command('schema [name]')
      .description('the JSON Schema of a file format, or the names there are')
      .action((name) => {
        code = printSchema(name, outside)
      })
    cli
      .command('emit <file>')
      .description('a set as an ES module for hot paths')
      .option(...oneSet)
      .option(...onDay)
      .action((file, options) => {
        code = emitFile(file, options, outside)
      })

    try {
      cli.parse([...argv])
      return code
    } catch (error) {
      if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
      if (!(error instanceof RefusedFile)) throw error
      error.lines.forEach(outside.complain)
      return 2
    }
  }
