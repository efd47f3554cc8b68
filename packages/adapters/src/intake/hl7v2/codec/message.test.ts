import { describe, expect, it } from 'vitest'
import { parseMessage } from './message.ts'

const view = (text: string) => {
  const message = parseMessage(text)
  if (!message) throw new Error('no header')
  return message
}

describe('a message', () => {
  const message = view(
    'MSH|^~\\&|HIS^1.2^ISO|XZ\rPID|1||P-1^^^HIS&1.2&ISO^MR~P-2^^^^PI||Li&van^Ming\rDG1|1\rDG1|2\rZZ1',
  )

  it('finds a segment by its name, the first of several', () => {
    expect(message.segment('DG1')?.value(1)).toBe('1')
    expect(message.segments('DG1').map((segment) => segment.value(1))).toEqual(['1', '2'])
    expect(message.segment('PV1')).toBeUndefined()
    expect(message.segments('PV1')).toEqual([])
  })

  it('finds a segment that has a name and nothing else', () => {
    expect(message.segment('ZZ1')?.name).toBe('ZZ1')
    expect(message.segment('ZZ1')?.value(1)).toBeUndefined()
  })

  it('gives components, subcomponents and repetitions as HL7 counts them', () => {
    const pid = message.segment('PID')
    expect(pid?.value(3)).toBe('P-1')
    expect(pid?.value(3, 5)).toBe('MR')
    expect(pid?.value(3, 4)).toBe('HIS&1.2&ISO')
    expect(pid?.value(3, 4, 2)).toBe('1.2')
    expect(pid?.value(3, 1, undefined, 2)).toBe('P-2')
    expect(pid?.value(3, 5, 1, 2)).toBe('PI')
    expect([pid?.count(3), pid?.count(5), pid?.count(4), pid?.count(99)]).toEqual([2, 1, 0, 0])
  })

  it('counts the fields of the header with the separator as the first', () => {
    expect(message.header.field(1)).toBe('|')
    expect(message.header.value(1)).toBe('|')
    expect(message.header.value(2)).toBe('^~\\&')
    expect(message.header.value(3)).toBe('HIS')
    expect(message.header.field(3)).toBe('HIS^1.2^ISO')
    expect(message.header.value(4)).toBe('XZ')
  })

  it('has no value where nothing is written', () => {
    const pid = message.segment('PID')
    expect(pid?.value(2)).toBeUndefined()
    expect(pid?.value(40)).toBeUndefined()
    expect(pid?.value(3, 9)).toBeUndefined()
    expect(pid?.value(3, 1, 1, 3)).toBeUndefined()
    expect(pid?.field(40)).toBe('')
  })

  it('tells a value to be deleted from an empty one', () => {
    const pid = view('MSH|^~\\&\rPID||""|a^""^b').segment('PID')
    expect(pid?.value(2)).toBeNull()
    expect(pid?.value(3, 2)).toBeNull()
    expect(pid?.value(1)).toBeUndefined()
  })

  it('has the same text whichever way its lines end', () => {
    const lines = ['MSH|^~\\&|HIS', 'PID|1', 'PV1|1']
    const ways = ['\r', '\n', '\r\n', '\n\r', '\r\n\r\n', '\v', '\r \t\r'].map(
      (end) => view(lines.join(end) + end).text,
    )
    expect(new Set(ways)).toEqual(new Set([lines.join('\r')]))
    expect(view('MSH|^~\\&|HIS\r\nPID|1\nPV1|1\r \t').text).toBe(lines.join('\r'))
  })

  it('passes over lines that are no segments, and counts them', () => {
    const broken = view('MSH|^~\\&\rPID|1||P-1\rRoad 5|\rPV1|1\rabc\rPV|2')
    expect(broken.strays).toBe(3)
    expect(broken.segments().map(({ name }) => name)).toEqual(['MSH', 'PID', 'PV1'])
  })
})

describe('the delimiters of a message', () => {
  it('are those its header declares', () => {
    const odd = view('MSH$%~\\&$HIS$XZ\rPID$1$$P-1%%%HIS&1.2%MR~P-2')
    expect(odd.header.value(3)).toBe('HIS')
    expect(odd.segment('PID')?.value(3, 5)).toBe('MR')
    expect(odd.segment('PID')?.value(3, 4, 2)).toBe('1.2')
    expect(odd.segment('PID')?.value(3, 1, 0, 2)).toBe('P-2')
  })

  it('may be fewer than four: what is not declared divides nothing', () => {
    const pid = view('MSH|^\rPID|1||a~b\\T\\&c^d').segment('PID')
    expect(pid?.value(3)).toBe('a~b\\T\\&c')
    expect(pid?.value(3, 2)).toBe('d')
    expect(pid?.value(3, 1, 2)).toBeUndefined()
    expect(view('MSH|^~\\|HIS\rPID|a&b').segment('PID')?.value(1, 1, 1)).toBe('a&b')
  })

  it('are the usual ones where the header leaves them out', () => {
    expect(view('MSH||HIS\rPID|a^b').segment('PID')?.value(1, 2)).toBe('b')
  })

  it('survive a sender that lost the backslash', () => {
    const pid = view('MSH|^~&|HIS\rPID|a&b^c').segment('PID')
    expect(pid?.value(1, 1, 2)).toBe('b')
    expect(pid?.value(1, 2)).toBe('c')
  })

  it('may be followed by the truncation character of version 2.7', () => {
    expect(view('MSH|^~\\&#|HIS').header.value(3)).toBe('HIS')
  })

  it.each([
    'MSH',
    'MSH\rPID|1',
    'MSHA^~\\&',
    'MSH|^^\\&|',
    'MSH|ab\\&|',
    'MSH |^~\\&|',
    'PID|1',
    '',
  ])('make no message of %j', (text) => {
    expect(parseMessage(text)).toBeUndefined()
  })
})
