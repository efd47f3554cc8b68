import { beforeEach, describe, expect, it } from 'vitest'
import type { Channel, OutgoingMessage } from '../ports/channel.ts'
import { type Outside, receivingContract } from './channel-receiving-contract.ts'

/** A channel at work, and the means to make its outside behave. */
export interface ChannelAtWork {
  readonly channel: Channel
  /** What has really arrived outside, in order. */
  arrived(): Promise<readonly Pick<OutgoingMessage, 'to' | 'text'>[]>
  /** An address that can be reached. */
  readonly address: string
  /** Another that can be reached; absent where there is but one. */
  readonly elsewhere?: string
  /** An address that the outside refuses for good; absent where any text is an address. */
  readonly impossible?: string
  /** Makes the outside fail for a while; absent where nothing outside can. */
  readonly disturb?: () => Promise<void>
  /** How the outside reports back; absent where it never does. */
  readonly outside?: Outside
}

/** What every channel must do, as tests. `create` gives a fresh one with a fresh outside. */
export const channelContract = (
  create: () => ChannelAtWork | Promise<ChannelAtWork>,
  { name = 'a channel' }: { name?: string } = {},
) =>
  describe(name, () => {
    let work: ChannelAtWork
    beforeEach(async () => {
      work = await create()
    })
    const message = (id: string, more: Partial<OutgoingMessage> = {}): OutgoingMessage => {
      return { id, to: work.address, text: `您好 & hello ${id}`, ...more }
    }

    it('has a name', () => {
      expect(work.channel.name).toMatch(/^[a-z][a-z0-9-]*$/)
    })

    it('answers nothing for nothing', async () => {
      expect(await work.channel.send([])).toEqual([])
    })

    it('says `sent` of each message that arrives, as it was written', async () => {
      const sent = await work.channel.send([message('m1'), message('m2')])
      expect(sent.map(({ outcome }) => outcome)).toEqual(['sent', 'sent'])
      const texts = (await work.arrived()).map(({ text }) => text)
      expect(texts).toEqual([message('m1').text, message('m2').text])
    })

    it('brings a message sent again under its id only once', async () => {
      await work.channel.send([message('m1')])
      const [again] = await work.channel.send([message('m1')])
      expect(again?.outcome).toBe('sent')
      expect(await work.arrived()).toHaveLength(1)
    })

    it('goes to a new address, whatever left for the old one under its id', async ({ skip }) => {
      const to = work.elsewhere
      if (to === undefined) return skip('there is one address only')
      await work.channel.send([message('m1')])
      const [again] = await work.channel.send([message('m1', { to })])
      expect(again?.outcome).toBe('sent')
      expect(await work.arrived()).toHaveLength(2)
    })

    it('says `rejected` of an address that can never work, and sends the others', async ({
      skip,
    }) => {
      if (work.impossible === undefined) return skip('any text is an address here')
      const to = work.impossible
      const sent = await work.channel.send([message('m1'), message('m2', { to }), message('m3')])
      expect(sent.map(({ outcome }) => outcome)).toEqual(['sent', 'rejected', 'sent'])
      expect(await work.arrived()).toHaveLength(2)
    })

    it('says `try-later` or `unknown` of a passing fault, and never throws', async ({ skip }) => {
      if (!work.disturb) return skip('nothing outside can fail here')
      await work.disturb()
      const [sent] = await work.channel.send([message('m1')])
      expect(['try-later', 'unknown']).toContain(sent?.outcome)
    })

    receivingContract(() => work)
  })
