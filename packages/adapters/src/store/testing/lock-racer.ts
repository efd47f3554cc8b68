// Tries to lock the directory named at a given moment, says how that went, and holds on until it is ended.
import { Refusal } from '@hospital-crm/core'
import { lockDirectory } from '../pglite/lock.ts'

const [directory = '', moment = '0'] = process.argv.slice(2)
while (Date.now() < Number(moment));
try {
  await lockDirectory(directory)
  process.stdout.write('held\n')
  setInterval(() => {}, 60_000)
} catch (error) {
  process.stdout.write(`${error instanceof Refusal ? error.code : String(error)}\n`)
}
