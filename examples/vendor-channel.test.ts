import { channelContract } from '@hospital-crm/core/testing'
import { expect, it } from 'vitest'
import { main, pagerAtWork } from './vendor-channel.ts'

channelContract(pagerAtWork, { name: "a vendor's pager channel" })

it('pages a nurse through the crm', async () => {
  expect(await main()).toEqual([{ to: '117', text: 'Bed 12 is calling' }])
})
