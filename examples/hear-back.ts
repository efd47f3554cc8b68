// Receipts and answers come back from a provider. Explained in docs/how-to/hear-back.md
import { aliyunSms, smsChannel } from '@hospital-crm/adapters/channel/sms'
import { httpHandler } from '@hospital-crm/adapters/http'
import { createCrm } from '@hospital-crm/core'
import { xuzhouPack } from '@hospital-crm/rules'

/** Stands for Alibaba Cloud: takes every message as its B1. */
const fetch = async () => new Response('{"Code":"OK","BizId":"B1"}')

/** Posts as Alibaba Cloud does. */
const pushed = (body: unknown) =>
  new Request('https://crm.hospital.example/crm/channels/sms/receipts?token=only-aliyun-was-told', {
    method: 'POST',
    body: JSON.stringify(body),
  })

export const main = async () => {
  // #region receive
  const provider = aliyunSms({
    accessKeyId: 'id',
    accessKeySecret: 'secret',
    signName: '徐州市中心医院',
    template: ({ text }) => ({ code: 'SMS_1', params: { text } }),
    pushToken: 'only-aliyun-was-told',
  })
  const crm = createCrm({ channels: [smsChannel({ provider, fetch })] })
  const handle = httpHandler({
    crm,
    base: '/crm',
    identify: () => undefined,
    receipts: { sms: { tenant: 'main' } },
  })
  // #endregion receive

  const quietHours = { from: '00:00', until: '00:00' }
  const pack = { ...xuzhouPack, quietHours, channels: { patients: ['sms'] } }
  await crm.hospitals.open({ name: '徐州市中心医院', zone: 'Asia/Shanghai', pack })
  const { id: patient } = await crm.patients.register({ phones: ['15400000001'] })
  const params = { visit: 'V1', tier: 1, due: '2026-03-09' }
  const said = { purpose: 'clinical', template: 'follow-up.due', params }
  await crm.messages.ask('m', { to: { patient }, ...said })
  await crm.work()

  const answers = [
    await handle(pushed([{ biz_id: 'B1', success: true, err_code: 'DELIVERED' }])),
    await handle(pushed([{ phone_number: '15400000001', content: '退订', sequence_id: 1 }])),
  ]
  // #region read
  const sent = (await crm.messages.get('m'))?.state
  const person = (await crm.patients.get(patient))?.state
  const receipt = sent?.status === 'sent' ? sent.receipt : undefined
  const consents = person?.status === 'person' ? person.consents : {}
  // #endregion read
  return { status: answers.map((each) => each.status), receipt, consents }
}
