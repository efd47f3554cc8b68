import { describe, expect, it } from 'vitest'
import { encodeAck } from './ack.ts'
import { parseMessage } from './message.ts'

const at = new Date('2026-03-01T01:02:03.456Z')
const answer = (
  text: string,
  code: 'AA' | 'AE' | 'AR',
  because?: { code: string; field?: string },
) => encodeAck(parseMessage(text), { code, at, controlId: 'A-1', ...(because && { because }) })

describe('an acknowledgement', () => {
  const admission = 'MSH|^~\\&|HIS^1.2&3^ISO|XZ|CRM|CC|20260301||ADT^A01^ADT_A01|M-7|T|2.4\rPID|1'

  it('names its message, answers its sender and keeps its event', () => {
    expect(answer(admission, 'AA')).toBe(
      'MSH|^~\\&|CRM|CC|HIS^1.2&3^ISO|XZ|20260301010203+0000||ACK^A01^ACK|A-1|T|2.4\rMSA|AA|M-7|\r',
    )
  })

  it('says why by code and field, never by value', () => {
    const because = { code: 'hl7.bad-time', field: 'PV1-45' }
    expect(answer(admission, 'AR', because)).toContain('\rMSA|AR|M-7|hl7.bad-time PV1-45\r')
    const newer = admission.replace('|2.4', '|2.5.1')
    expect(answer(newer, 'AR', because)).toContain('\rERR||PV1^1^45|102|E\r')
    expect(answer(newer, 'AR', { code: 'hl7.no-patient-id' })).toContain('\rERR|||101|E\r')
    expect(answer(newer, 'AE', { code: 'hl7.charset' })).toContain('\rERR|||207|E\r')
  })

  it('speaks with the delimiters of its message', () => {
    const odd = admission.replaceAll('|', '$').replaceAll('^', '.')
    const written = answer(odd, 'AE', { code: 'hl7.no-time' })
    expect(written).toContain('MSH$.~\\&$CRM$CC$HIS.1')
    expect(written).toContain('$ACK.A01.ACK$A-1$')
    expect(written).toContain('MSA$AE$M-7$hl7\\S\\no-time')
  })

  it('copies what it repeats exactly as it came', () => {
    const escaped = 'MSH|^~\\&|H\\T\\S|XZ|||20260301||ADT^A01|M\\F\\7|P|2.3\r'
    expect(answer(escaped, 'AA')).toContain('|H\\T\\S|XZ|')
    expect(answer(escaped, 'AA')).toContain('MSA|AA|M\\F\\7|')
  })

  it('answers also what has no event, no escape character or no readable header', () => {
    expect(answer('MSH|^~\\&|HIS|||||||M-7', 'AE')).toContain('||ACK|A-1|P|2.5\r')
    expect(answer('MSH|-|HIS|||||ADT-A01|M-7', 'AR', { code: 'hl7.no-time' })).toContain(
      '|hl7.no time',
    )
    expect(answer('no header', 'AR', { code: 'hl7.bad-header' })).toBe(
      'MSH|^~\\&|||||20260301010203+0000||ACK|A-1|P|2.5\rMSA|AR||hl7.bad-header\rERR|||207|E\r',
    )
  })
})
