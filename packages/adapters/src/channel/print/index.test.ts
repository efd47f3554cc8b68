import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCrm } from '@hospital-crm/core'
import { channelContract } from '@hospital-crm/core/testing'
import { xuzhouPack } from '@hospital-crm/rules'
import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, it } from 'vitest'
import { outsideKey } from '../lanes.ts'
import {
  addressLabels,
  type LabelSheet,
  type Letter,
  mailingList,
  printChannel,
  returnedLetters,
} from './index.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A tray of letters on disk: one file a key, which the file system lets nobody write twice. */
const tray = () => {
  const folder = mkdtempSync(join(tmpdir(), 'hospital-crm-print-'))
  folders.push(folder)
  const names: string[] = []
  const keep = async (letter: Letter) => {
    try {
      await writeFile(join(folder, letter.key), JSON.stringify(letter), { flag: 'wx' })
      names.push(letter.key)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  const letters = () =>
    names.map((name): Letter => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return { folder, keep, letters }
}

const address = '王秀英\n江苏省徐州市解放南路1号\n221000'

channelContract(
  () => {
    const { folder, keep, letters } = tray()
    const arrived = async () =>
      letters().map((letter) => ({ to: letter.address.join('\n'), text: letter.text }))
    const disturb = async () => rmSync(folder, { recursive: true })
    const [elsewhere, impossible] = [`${address} 2`, ' \n ']
    return { channel: printChannel({ keep }), arrived, address, elsewhere, impossible, disturb }
  },
  { name: 'the print channel' },
)

const textOf = async (chunks: AsyncIterable<string>) => {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}
const letter = (...lines: string[]): Letter => ({
  key: lines.join('/'),
  id: lines.join('/'),
  address: lines,
  subject: '春季刊',
  text: 'x',
})

describe('a letter', () => {
  const kept = async (to: string, text = 'x', subject = 'y') => {
    const { keep, letters } = tray()
    const [delivery] = await printChannel({ keep }).send([
      { id: 'due:V1#1/three/1', to, subject, text },
    ])
    return { outcome: delivery?.outcome, letter: letters()[0] }
  }

  it('is kept once under its key by two processes', async () => {
    const { keep, letters } = tray()
    const message = { id: 'due:V1#1/three/1', to: address, subject: '春季刊', text: '您好' }
    for (const _ of [1, 2]) {
      const sent = { outcome: 'sent', providerId: outsideKey(message) }
      expect(await printChannel({ keep }).send([message])).toEqual([sent])
    }
    expect(letters()).toEqual([
      {
        key: outsideKey(message),
        id: message.id,
        address: address.split('\n'),
        subject: '春季刊',
        text: '您好',
      },
    ])
  })

  it('drives no printer', async () => {
    const { letter } = await kept(
      '王\u001b[2J秀英\r\n1\u2028路\f',
      'a\r\n\u001bE\tb\u0007\f',
      'a\nb\u0000',
    )
    expect(letter).toMatchObject({
      address: ['王[2J秀英', '1', '路'],
      text: 'a\nE b',
      subject: 'a b',
    })
  })

  it('has an address of one to six lines', async () => {
    expect((await kept('')).outcome).toBe('rejected')
    expect((await kept('1\n2\n3\n4\n5\n6')).outcome).toBe('sent')
    expect((await kept('1\n2\n3\n4\n5\n6\n7')).outcome).toBe('rejected')
  })
})

it('that the post brought back is recorded with its message, by the key on it', async () => {
  const { keep, letters } = tray()
  const catalogues = { en: { 'template.magazine': '春季刊' } }
  const crm = createCrm({ channels: [printChannel({ keep })], catalogues })
  const channels = { patients: ['print'] }
  const quietHours = { from: '00:00', until: '00:00' }
  const pack = { ...xuzhouPack, channels, quietHours }
  await crm.hospitals.open({ name: 'x', zone: 'UTC', pack })
  const identifiers = [{ type: 'print', value: address }]
  const { id: patient } = await crm.patients.register({ identifiers })
  const said = { purpose: 'magazine', template: 'magazine' }
  await crm.messages.ask('m', { to: { patient }, ...said })
  await crm.work()
  const heard = returnedLetters(letters().map(({ key }) => key))
  expect(await crm.messages.hear('print', heard)).toEqual({
    receipts: heard.map(({ key }) => key),
    withdrawn: 0,
  })
  expect((await crm.messages.get('m'))?.state).toMatchObject({
    status: 'sent',
    receipt: { arrived: false, code: 'returned' },
  })
})

describe('a mailing list', () => {
  it('has a line a letter, in columns that a spreadsheet and a print shop read', async () => {
    const letters = [letter('王秀英', '解放路1号'), letter('=1+1', 'a,"b"', '3', '4', '5', '6')]
    const csv = await textOf(mailingList(letters))
    expect(csv.startsWith('\uFEFFkey,address1,')).toBe(true)
    expect(parse(csv, { bom: true, columns: true })).toEqual([
      {
        key: '王秀英/解放路1号',
        address1: '王秀英',
        address2: '解放路1号',
        address3: '',
        address4: '',
        address5: '',
        address6: '',
        subject: '春季刊',
        text: 'x',
      },
      expect.objectContaining({ address1: "'=1+1", address2: 'a,"b"', address6: '6' }),
    ])
  })

  it('is written as letters come, however many', async () => {
    const drawn: number[] = []
    async function* many() {
      for (let at = 0; at < 1000; at += 1) {
        drawn.push(at)
        yield letter(`${at}`)
      }
    }
    const lines = mailingList(many())
    await lines.next()
    await lines.next()
    expect(drawn).toEqual([0])
  })

  it('of no letters is its header', async () => {
    expect(parse(await textOf(mailingList([])), { bom: true })).toHaveLength(1)
  })
})

describe('address labels', () => {
  const sheet: LabelSheet = { across: 2, down: 2, width: 12, height: 3 }
  const lines = async (...letters: Letter[]) =>
    (await textOf(addressLabels(letters, sheet))).split('\r\n')

  it('stand beside each other, Chinese characters two wide', async () => {
    expect(await lines(letter('王秀英', '解放路1号'), letter('Zoë', 'High St'))).toEqual([
      '王秀英      Zoë',
      '解放路1号   High St',
      '',
      '\f',
    ])
  })

  it('begin a new page when one is full, and end with one', async () => {
    const five = await lines(...['a', 'b', 'c', 'd', 'e'].map((name) => letter(name)))
    expect(five).toEqual(['a           b', '', '', 'c           d', '', '', '\fe', '', '', '\f'])
    const four = await lines(...['a', 'b', 'c', 'd'].map((name) => letter(name)))
    expect(four.at(-1)).toBe('\f')
    expect(await lines()).toEqual([''])
  })

  it('fold what is too wide and never run into their neighbour', async () => {
    const [first, second, third] = await lines(letter('江苏省徐州市解放南路1号'), letter('b'))
    expect(first).toBe('江苏省徐州  b')
    expect(second).toBe('市解放南路1')
    expect(third).toBe('号')
  })

  it('are refused where one has no room, rather than lose a line of an address', async () => {
    const refusal = expect.objectContaining({
      code: 'print.label-too-small',
      details: { key: '1/2/3/4', height: 3 },
    })
    await expect(lines(letter('a'), letter('1', '2', '3', '4'))).rejects.toEqual(refusal)
  })
})
