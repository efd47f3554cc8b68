import { channelContract } from '@hospital-crm/core/testing'
import { describe, expect, it } from 'vitest'
import { consoleChannel } from './index.ts'

channelContract(
  () => {
    const lines: string[] = []
    let isClosed = false
    const write = (line: string) => {
      if (isClosed) throw new Error('the pipe is closed')
      lines.push(line)
    }
    const arrived = async () =>
      lines.map((line) => {
        const [, , to = '', ...text] = line.trimEnd().split(' | ')
        return { to, text: text.join(' | ') }
      })
    const disturb = async () => {
      isClosed = true
    }
    const [address, elsewhere] = ['13800138000', '13800138001']
    return { channel: consoleChannel({ write }), arrived, address, elsewhere, disturb }
  },
  { name: 'the console channel' },
)

describe('the console channel', () => {
  const printed = async (to: string, showAddress?: boolean) => {
    const lines: string[] = []
    const write = (line: string) => lines.push(line)
    const channel = consoleChannel({ write, ...(showAddress && { showAddress }) })
    await channel.send([{ id: 'm1', to, subject: '随访', text: '您好\nm2 | forged\u2028line' }])
    return lines
  }

  it('prints a message on one line, whatever is in it, with the address covered', async () => {
    expect(await printed('13800138000')).toEqual([
      'console | m1 | *********00 | 随访 | 您好 m2 | forged line\n',
    ])
    expect((await printed('4711'))[0]).toContain('| **** |')
  })

  it('prints the address when told to', async () => {
    expect((await printed('13800138000', true))[0]).toContain('| 13800138000 |')
  })
})
