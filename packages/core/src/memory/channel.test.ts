import { channelContract } from '../testing/channel-contract.ts'
import { memoryChannel } from './channel.ts'

channelContract(
  () => {
    let storm = false
    const channel = memoryChannel('memory', ({ to }) => ({
      outcome: to === 'nowhere' ? 'rejected' : storm ? 'try-later' : 'sent',
    }))
    const disturb = async () => {
      storm = true
    }
    const arrived = async () => channel.sent
    return { channel, arrived, address: 'here', elsewhere: 'there', impossible: 'nowhere', disturb }
  },
  { name: 'the memory channel' },
)
