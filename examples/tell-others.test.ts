import { expect, it } from 'vitest'
import { main } from './tell-others.ts'

it('another system is told what it could have read', async () => {
  const { told, read } = await main()
  expect(told).toEqual(read)
  expect(told).toMatchObject([{ type: 'encounter.discharged', subject: 'encounter/V1' }])
})
