// What `npm start` runs: a month of an invented hospital, or the user's own HL7 files, through the crm
// on an embedded database, and plain tables of what came of it.
import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { pgliteStore } from '@hospital-crm/adapters/store/pglite'
import { chineseWords } from '@hospital-crm/adapters/words/chinese'
import { createCrm, Refusal, voice } from '@hospital-crm/core'
import { setClock } from './hospital-month/set-clock.ts'
import { showFiles } from './hospital-month/show-files.ts'
import { showMonth } from './hospital-month/show-month.ts'

const usage = `npm start                       an invented hospital's month, 10,000 discharges
npm start -- [options] FILE…    your own HL7 v2 files

  --data DIR        where the database and its key are kept (.data/month, .data/files)
  --as-of DAY       the local day at whose end it is "now" (2026-04-10, or the newest message's)
  --zone ZONE       the hospital's time zone, IANA (Asia/Shanghai)
  --seed N          which month is invented (1)
  --discharges N    how many discharges it has (10000)
  --locale LOCALE   words of the tables, en or zh-CN (en)
  --help            this text`

const readOptions = () =>
  parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      'as-of': { type: 'string' },
      zone: { type: 'string', default: 'Asia/Shanghai' },
      seed: { type: 'string', default: '1' },
      discharges: { type: 'string', default: '10000' },
      locale: { type: 'string', default: 'en' },
      help: { type: 'boolean', default: false },
    },
  })

/** Runs the job with the words of a command line; answers the process's exit code. */
export const main = async (): Promise<number> => {
  const { values, positionals: files } = readOptions()
  if (values.help) {
    console.log(usage)
    return 0
  }
  const lost = files.filter((file) => !existsSync(file))
  if (lost.length > 0) {
    console.error(`There is no such file: ${lost.join(', ')}`)
    return 2
  }
  const directory = resolve(values.data ?? join('.data', files.length > 0 ? 'files' : 'month'))
  mkdirSync(directory, { recursive: true })
  const clock = setClock('2026-01-01T00:00:00Z')
  const store = await pgliteStore({ directory: join(directory, 'store') })
  const cipher = aesGcmCipher({ keyFile: join(directory, 'key') })
  const crm = createCrm({ store, cipher, clock, words: chineseWords() })
  const shown = { crm, clock, locale: values.locale, say: voice(), zone: values.zone }
  const asOf = values['as-of']
  try {
    console.log(`Everything is kept in ${directory}\n`)
    if (files.length > 0) await showFiles({ ...shown, files, ...(asOf !== undefined && { asOf }) })
    else {
      const [seed, discharges] = [Number(values.seed), Number(values.discharges)]
      const page = join(directory, 'dashboard.html')
      await showMonth({ ...shown, seed, discharges, asOf: asOf ?? '2026-04-10', page })
    }
    return 0
  } finally {
    await crm.close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(`${voice()('en', `refusal.${error.code}`)} (${error.code})`)
  console.error(JSON.stringify(error.details))
  process.exitCode = 1
}
