import { aesGcmCipher } from '@hospital-crm/adapters/cipher/aes-gcm'
import { pgliteStore } from '@hospital-crm/adapters/store/pglite'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'

export const main = async (directory: string) => {
  // #region ten-lines
  const store = await pgliteStore({ directory: `${directory}/store` })
  const cipher = aesGcmCipher({ keyFile: `${directory}/key` })
  const crm = createCrm({ store, cipher })
  await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack: xuzhouPack })
  const { id: patient } = await crm.patients.register({ name: '王秀英', phones: ['15400000001'] })
  const at = new Date().toISOString()
  await crm.encounters.discharge('V1', { patient, at, disposition: '1', attending: 'dr-li' })
  const { items } = await crm.views.dayList({ of: { tier: 1 } })
  await crm.followUps.recordContact({ visit: 'V1', role: 'attending', at, result: 'completed' })
  await crm.close()
  // #endregion ten-lines
  return items
}
