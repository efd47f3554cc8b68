// The program of docs/tutorial/first-worklist.md: node examples/first-worklist.ts
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { readHl7Stream } from '@hospital-crm/adapters/intake/hl7v2'
import { pgliteStore } from '@hospital-crm/adapters/store/pglite'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'

// #region feed
const feed = `MSH|^~\\&|HIS|XZCH|||20260224081000||ADT^A01|HIS-1|P|2.5|||||||UNICODE UTF-8
EVN|A01|20260224081000
PID|1||100001^^^XZCH^MR||王^秀英||19620518|F|||云龙区解放南路1号||15400000001
PV1|1|I|N3^301^2||||D201^李^明|||CARD^心内科|||||||||I0001|||||||||||||||||||||||||20260224080000
MSH|^~\\&|HIS|XZCH|||20260302093000||ADT^A03|HIS-2|P|2.5|||||||UNICODE UTF-8
EVN|A03|20260302093000
PID|1||100001^^^XZCH^MR||王^秀英||19620518|F|||云龙区解放南路1号||15400000001
PV1|1|I|N3^301^2||||D201^李^明|||CARD^心内科|||||||||I0001|||||||||||||||||1||||||||20260224080000|20260302091500
`
// #endregion feed

/** Takes the feed, shows Dr Li's worklist, makes the call and shows the coverage. */
export const main = async (directory: string, print: (line: string) => void = console.log) => {
  const file = join(directory, 'feed.hl7')
  mkdirSync(directory, { recursive: true })
  writeFileSync(file, feed)

  // #region open
  const zone = 'Asia/Shanghai'
  const clock = { now: () => new Date('2026-03-03T10:00:00+08:00') }
  const store = await pgliteStore({ directory: join(directory, 'store') })
  const cipher = aesGcmCipher({ keyFile: join(directory, 'key') })
  const crm = createCrm({ store, cipher, clock })
  const hospital = { name: '徐州市中心医院', zone, pack: xuzhouPack }
  await crm.hospitals.open(hospital, { cause: 'open' })
  // #endregion open

  // #region take
  const taken = await crm.intakes.take(readHl7Stream(createReadStream(file), { zone }))
  print(`${taken.read} read, ${taken.taken} taken, ${taken.known} known`)
  // #endregion take

  // #region worklist
  const doctor = crm.for({ actor: { id: 'D201', roles: ['attending'] } })
  const mine = { owners: ['D201'] }
  const { items } = await doctor.views.dayList({ of: mine }, { open: true })
  for (const { patient, task, visit, tier, name, phone, due } of items) {
    print(`visit ${visit}, tier ${tier}: call ${name} on ${phone} by ${due}`)
    const why = await doctor.followUps.explain(patient, task)
    print(`because ${why?.plan.id} asks it of who left on ${why?.day0}`)
  }
  // #endregion worklist

  // #region contact
  const call = { visit: 'I0001', role: 'attending', by: 'D201', at: '2026-03-03T09:40:00+08:00' }
  await doctor.followUps.recordContact(
    { ...call, result: 'completed', note: '恢复良好,按时服药' },
    { cause: 'call-1' },
  )
  const left = await doctor.views.dayList({ of: mine })
  print(`${left.items.length} left to call`)
  // #endregion contact

  // #region coverage
  const march = { from: '2026-02-28T16:00:00Z', to: '2026-03-31T16:00:00Z' }
  for (const { department, tier, owed, completed, onTime } of await crm.views.coverage(march))
    print(`${department} tier ${tier}: ${owed} owed, ${completed} done, ${onTime} on time`)
  // #endregion coverage

  await crm.close()
}

if (process.argv[1] === import.meta.filename) await main('.data/tutorial')
