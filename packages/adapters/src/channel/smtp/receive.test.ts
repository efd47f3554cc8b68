import { describe, expect, it } from 'vitest'
import { type SmtpChannelOptions, smtpChannel } from './index.ts'
import { mailServer } from './mail-server.fixture.ts'
import { answer, failed, from, id, posted, report, to, token, url } from './mails.fixture.ts'

const unsubscribe = { url, secret: 'a-secret-of-thirty-two-characters-or-more' }
const channel = (more: Partial<SmtpChannelOptions> = {}) =>
  smtpChannel({ host: 'x', from, pushToken: token, unsubscribe, ...more })

const heardOf = async (mail: string) => (await channel().receive(posted(mail))).heard

describe('a report by a mail server', () => {
  it('tells which mail was not delivered, by its Message-ID', async () => {
    const { heard, response } = await channel().receive(posted(report(failed)))
    expect(heard).toEqual([
      {
        type: 'receipt',
        key: `${id}:failed:5.1.1`,
        providerId: id,
        arrived: false,
        code: '5.1.1',
      },
    ])
    expect(response.status).toBe(204)
    const whole = report(failed).replace('text/rfc822-headers', 'message/rfc822')
    expect(await heardOf(whole)).toEqual(heard)
  })

  it('tells it by the id that we gave the envelope, where the headers did not come back', async () => {
    const envelope = `Original-Envelope-Id: ${id}\n`
    const mail = report(failed, { envelope, returned: 'Subject: x\n' })
    expect(await heardOf(mail)).toMatchObject([{ providerId: id, arrived: false }])
  })

  it('may say that a mail is late, or has arrived', async () => {
    const late = failed.replace('failed', 'delayed').replace('5.1.1', '4.4.7')
    const [heard] = await heardOf(report(late))
    expect(heard).toMatchObject({ providerId: id, code: '4.4.7' })
    expect(heard).not.toHaveProperty('arrived')
    const delivered = failed.replace('failed', 'delivered').replace('5.1.1', '2.1.5')
    expect(await heardOf(report(delivered))).toMatchObject([{ arrived: true, code: '2.1.5' }])
  })

  it('on a mail of somebody else’s tells us nothing', async () => {
    const returned = 'Message-ID: <abc@example.org>\n'
    expect(await heardOf(report(failed, { returned }))).toEqual([])
  })
})

describe('an answer by e-mail', () => {
  it.each([
    ['退订', true],
    ['退订\n\n> 您好\n> 回复TD退订', true],
    ['STOP\n-- \nWang', true],
    ['谢谢医生\n\n2026年3月2日 写道:\n> 回复TD退订', false],
    ['> 回复TD退订', false],
    ['On Mon, Mar 2, 2026 the hospital wrote:\n> STOP', false],
  ])('%j says stop: %s', async (text, stop) => {
    expect(await heardOf(answer(text, 'In-Reply-To: <x@hospital.example>\n'))).toMatchObject([
      { type: 'reply', from: [to], stop },
    ])
  })

  it('may say it in the subject of a mail of its own', async () => {
    expect(await heardOf(answer('', '', 'unsubscribe'))).toMatchObject([{ stop: true }])
    expect(await heardOf(answer('', '', 'Good morning'))).toMatchObject([{ stop: false }])
  })

  it('in any encoding is read, and has one key however often it comes', async () => {
    const gbk = Buffer.from('CDCBB6A9', 'hex').toString('base64')
    const mail = answer(gbk, 'Content-Transfer-Encoding: base64\n').replace('utf-8', 'gb18030')
    const [[first], [again]] = [await heardOf(mail), await heardOf(mail)]
    expect(first).toMatchObject({ text: '退订', stop: true })
    expect(first?.key).toMatch(/^[0-9a-f]{32}$/)
    expect(again?.key).toBe(first?.key)
  })

  it('by a machine is none', async () => {
    for (const header of ['Auto-Submitted: auto-replied\n', 'Precedence: bulk\n'])
      expect(await heardOf(answer('STOP', header))).toEqual([])
  })
})

describe('a click on unsubscribe', () => {
  const sentWith = async (more: Partial<SmtpChannelOptions>) => {
    const { port, mails } = await mailServer()
    const dial = { host: '127.0.0.1', port, encryption: 'none' as const }
    const [delivery] = await channel({ ...dial, ...more }).send([{ id: 'm1', to, text: '您好' }])
    return { delivery, mail: mails[0] }
  }
  const linkOf = async () => {
    const { mail } = await sentWith({})
    return /^<(https:[^>]+)>$/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? ''
  }
  const click = (at: string, body = 'List-Unsubscribe=One-Click') =>
    new Request(at, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  it('is offered by every mail, whose link names nobody', async () => {
    const { mail, delivery } = await sentWith({})
    expect(delivery).toEqual({ outcome: 'sent', providerId: id })
    expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    expect(mail?.headers['list-unsubscribe']).toMatch(/^<https:\/\/crm\.example\/[^ @]+>$/)
    expect(mail?.headers['list-unsubscribe']).not.toMatch(/wang|d2FuZ/)
  })

  it('withdraws consent for the address, as a form of either sort', async () => {
    const link = await linkOf()
    const { heard } = await channel().receive(click(link))
    expect(heard).toMatchObject([{ type: 'reply', from: [to], stop: true }])
    const form = new FormData()
    form.set('List-Unsubscribe', 'One-Click')
    const multipart = await channel().receive(new Request(link, { method: 'POST', body: form }))
    expect(multipart.heard).toEqual(heard)
  })

  it('is none when a machine only looks at the link, or when the link is made up', async () => {
    const link = await linkOf()
    const code = async (request: Request, more = {}) =>
      (
        (await channel(more)
          .receive(request)
          .catch((each: unknown) => each)) as { code?: string }
      ).code
    expect(await code(new Request(link))).toBe('channel.unreadable')
    expect(await code(click(link, ''))).toBe('channel.unreadable')
    for (const made of [`${link.slice(0, -3)}AAA`, `${url}?unsubscribe=`, `${link}A`])
      expect(await code(click(made))).toBe('channel.not-authentic')
    const other = { unsubscribe: { url, secret: `${unsubscribe.secret}!` } }
    expect(await code(click(link), other)).toBe('channel.not-authentic')
    expect(await code(click(link), { unsubscribe: undefined })).toBe('channel.not-authentic')
  })

  it('is not offered over an address or a secret that is not safe', () => {
    for (const bad of [{ url: 'http://x/' }, { secret: 'short' }])
      expect(() => channel({ unsubscribe: { ...unsubscribe, ...bad } })).toThrow(
        'smtp.bad-unsubscribe',
      )
  })
})

it('asks servers to report what they cannot deliver, and to send no text back', async () => {
  const asked: string[] = []
  const server = await mailServer({
    hideDSN: false,
    onMailFrom: (address, _, done) => {
      asked.push(JSON.stringify(address.args))
      done()
    },
  })
  const dial = { host: '127.0.0.1', port: server.port, encryption: 'none' as const }
  await channel(dial).send([{ id: 'm1', to, text: '您好' }])
  expect(asked).toEqual([expect.stringContaining('"RET":"HDRS"')])
  expect(asked).toEqual([expect.stringContaining(`"ENVID":"${id}"`)])
})

describe('a mail that the mail server did not post', () => {
  it('is not heard', async () => {
    const refused = async (request: Request, code: string, more = {}) => {
      const error = await channel(more)
        .receive(request)
        .catch((each: unknown) => each)
      expect(error).toMatchObject({ code: `channel.${code}` })
      expect(String(error)).not.toMatch(/wang|退订/)
    }
    await refused(posted(answer('退订'), url), 'not-authentic')
    await refused(posted(answer('退订'), `${url}?token=x`), 'not-authentic')
    await refused(posted(answer('退订')), 'not-authentic', { pushToken: undefined })
    await refused(posted(''), 'unreadable')
    await refused(posted('x'.repeat(1_048_577)), 'too-large')
  })

  it('tells nothing where it is no mail', async () => {
    expect(await heardOf('no mail at all')).toEqual([])
  })
})
