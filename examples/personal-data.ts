// What becomes of personal data: docs/how-to/keep-personal-data.md
import { join } from 'node:path'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { chineseWords } from '@hospital-crm/adapters/words/chinese'
import { createCrm, type Logger, type Store } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'

/** One patient, seen, looked for, audited and erased. Answers what each of them gave. */
export const main = async (store: Store, directory: string) => {
  const lines: string[] = []
  // #region open
  const cipher = aesGcmCipher({ keyFile: join(directory, 'secret', 'key') })
  const logger: Logger = {
    info: (fields, text) => lines.push(JSON.stringify({ text, ...fields })),
    warn: (fields, text) => lines.push(JSON.stringify({ text, ...fields })),
  }
  const crm = createCrm({ store, cipher, words: chineseWords(), logger })
  // #endregion open
  await crm.hospitals.open({ name: 'Sealed', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const { id } = await crm.patients.register({
    identifiers: [{ type: 'MR', authority: 'XZCH', value: '100001' }],
    name: '王秀英',
    phones: ['15400000001'],
  })

  // #region read
  const agent = crm.for({ actor: { id: 'A7', roles: ['call-centre'] } })
  const covered = await agent.patients.get(id)
  const plain = await agent.patients.get(id, { open: true })
  // #endregion read

  // #region find
  const { items: found } = await agent.patients.find({ name: 'wangxiuying' })
  // #endregion find

  // #region audit
  const opened = (await crm.door.log({ limit: 500 }))
    .filter(({ type, key }) => type === 'access.opened' && key.id === `patient/${id}`)
    .map(({ at, actor }) => ({ at, actor }))
  // #endregion audit

  // #region erase
  await crm.patients.erase(id, { reason: 'requested' })
  const after = await crm.patients.get(id, { open: true })
  // #endregion erase

  const states = [covered?.state, plain?.state, after?.state]
  return { states, found: found.length, actors: opened.map(({ actor }) => actor), lines }
}

/** Opens a store that was begun with another key, and tries to write. */
export const withAnotherKey = async (store: Store, directory: string) => {
  const cipher = aesGcmCipher({ keyFile: join(directory, 'another', 'key') })
  const crm = createCrm({ store, cipher })
  await crm.patients.register({ name: '赵明' })
}
