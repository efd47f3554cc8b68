import { describe, expect, it } from 'vitest'
import { destinationOf } from './destination.ts'
import { isPublicAddress } from './public-address.ts'

const names = { 'hook.example': ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'] }
const resolving = (known: Record<string, readonly string[]> = names) => {
  const asked: string[] = []
  const resolve = async (name: string) => {
    asked.push(name)
    const addresses = known[name]
    if (!addresses) throw new Error('ENOTFOUND')
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
  return { resolve, asked }
}
const verdict = async (text: string, options = {}) => {
  const destination = await destinationOf(text, { ...resolving(), ...options })
  return typeof destination === 'string' ? destination : destination.addresses.length
}

describe('an IP address', () => {
  it.each([
    '93.184.215.14',
    '8.8.8.8',
    '100.63.255.255',
    '172.32.0.1',
    '2606:2800:21f::1',
    '2400:3200::1',
  ])('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false))
})

describe('the address of a webhook', () => {
  it('may be a public one, by https on its own port', async () => {
    expect(await verdict('https://hook.example/path?q=1#x')).toBe(2)
    expect(await verdict('https://HOOK.example:443/')).toBe(2)
    expect(await verdict('https://93.184.215.14/')).toBe(1)
    expect(await verdict('https://[2606:2800:21f::1]/')).toBe(1)
  })

  it.each([
    'http://hook.example/',
    'https://hook.example:8443/',
    'https://hook.example:22/',
    'https://user:pass@hook.example/',
    'https://user@hook.example/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://0/',
    'https://１２７.0.0.1/',
    'https://127.0.0.1./',
    'https://169.254.169.254/latest/meta-data/',
    'https://100.100.100.200/latest/meta-data/',
    'https://10.0.0.8/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[fe80::1]/',
    'https://[2002:7f00:1::]/',
    'file:///etc/passwd',
    'gopher://hook.example/',
    'ftp://hook.example/',
    'data:text/plain,x',
    'javascript:alert(1)',
    '//hook.example/',
    'hook.example',
    'https://',
    '',
  ])('is forbidden as %j', async (text) => {
    expect(await verdict(text)).toBe('forbidden')
  })

  it('is forbidden when any of its name’s addresses is not public', async () => {
    for (const hidden of ['127.0.0.1', '169.254.169.254', '::ffff:10.0.0.1', 'fd00::1']) {
      const rebound = resolving({ 'evil.example': ['93.184.215.14', hidden] })
      expect(await verdict('https://evil.example/', rebound)).toBe('forbidden')
    }
  })

  it('waits when its name leads nowhere now', async () => {
    expect(await verdict('https://nowhere.example/')).toBe('unresolved')
    expect(await verdict('https://empty.example/', resolving({ 'empty.example': [] }))).toBe(
      'unresolved',
    )
  })

  it('may lie in the hospital’s network when the host allows it, by name or with its port', async () => {
    const inside = resolving({ 'his.local': ['10.0.0.8'] })
    for (const [allow, text, expected] of [
      [['his.local'], 'http://his.local/', 1],
      [['his.local'], 'http://his.local:8080/', 1],
      [['his.local:8080'], 'http://his.local:8080/', 1],
      [['his.local:8080'], 'http://his.local:9090/', 'forbidden'],
      [['10.0.0.8:8080'], 'http://10.0.0.8:8080/', 1],
      [['his.local'], 'http://his.local.evil.example/', 'forbidden'],
      [['his.local'], 'http://a@his.local/', 'forbidden'],
      [['his.local'], 'ftp://his.local/', 'forbidden'],
    ] as const) {
      expect([text, await verdict(text, { ...inside, allow })]).toEqual([text, expected])
    }
  })

  it('is resolved once', async () => {
    const once = resolving()
    await verdict('https://hook.example/', once)
    expect(once.asked).toEqual(['hook.example'])
  })
})
