import { describe, expect, it } from 'vitest'
import { chineseWords } from './index.ts'

const { of } = chineseWords()

describe('Chinese words', () => {
  it.each([
    ['单雄信', 'shanxiongxin', 'sxx'],
    ['曾国藩', 'zengguofan', 'zgf'],
    ['仇和', 'qiuhe', 'qh'],
    ['解晓东', 'xiexiaodong', 'xxd'],
    ['欧阳锋', 'ouyangfeng', 'oyf'],
    ['吕布', 'lvbu', 'lb'],
  ])('find %s by its characters, pinyin and initials', (name, whole, initials) => {
    expect(of('name', name)).toEqual([name, whole, initials])
    expect(of('name', ` ${[...name].join(' ')}\u3000`)).toEqual(of('name', name))
  })

  it('find a Chinese name by pinyin as anybody types it', () => {
    const [, whole] = of('name', '张三')
    for (const typed of ['zhangsan', 'Zhang San', 'ＺＨＡＮＧ　ＳＡＮ', "zhang'san"]) {
      expect(of('name', typed)).toEqual([whole])
    }
    expect(of('name', 'Lü Bu')).toEqual(['lvbu'])
  })

  it('find a name of several parts however its dot is written', () => {
    const names = ['阿卜杜拉·买买提', '阿卜杜拉•买买提', '阿卜杜拉．买买提', '阿卜杜拉 买买提']
    for (const name of names) {
      expect(of('name', name)).toEqual(['阿卜杜拉买买提', 'abudulamaimaiti', 'abdlmmt'])
    }
  })

  it('find names in other scripts by themselves alone', () => {
    expect(of('name', " Zoë  O'Brien-Smith ")).toEqual(['zoëobriensmith'])
    expect(of('name', 'Анна Каренина')).toEqual(['аннакаренина'])
    expect(of('name', 'عائشة')).toEqual(['عائشة'])
    expect(of('name', '王Mary')).toEqual(['王mary', 'wangmary', 'wm'])
    expect(of('name', '  ')).toEqual([])
  })

  it.each([
    '13800138000',
    '138-0013-8000',
    ' 138 0013 8000 ',
    '１３８００１３８０００',
    '013800138000',
    '8613800138000',
    '+86 138 0013 8000',
    '0086-13800138000',
    '008613800138000',
    '+86013800138000',
    '1795113800138000',
    '17951-138 0013 8000',
    '(+86)13800138000',
  ])('write the mobile number %s in one form', (written) => {
    expect(of('phone', written)).toEqual(['+8613800138000'])
  })

  it.each([
    ['0516-83950000', '+8651683950000'],
    ['(0516)83950000转8001', '+8651683950000'],
    ['86-516-83950000', '+8651683950000'],
    ['+86 0516 83950000', '+8651683950000'],
    ['010-58851234', '+861058851234'],
    ['400-810-8888', '+864008108888'],
    ['+44 20 7946 0958', '+442079460958'],
    ['00852 2345 6789', '+85223456789'],
  ])('write %s as %s', (written, form) => {
    expect(of('phone', written)).toEqual([form])
  })

  it('keep the digits of what is no whole number', () => {
    expect(of('phone', '8395-0000')).toEqual(['83950000'])
    expect(of('phone', '95566')).toEqual(['95566'])
    expect(of('phone', '1380013800')).toEqual(['1380013800'])
  })

  it('find every number of a field', () => {
    const both = ['+8613800138000', '+8651683950000']
    expect(of('phone', '13800138000/0516-83950000')).toEqual(both)
    expect(of('phone', '13800138000，无')).toEqual(both.slice(0, 1))
  })

  it.each(['无', '同上', '不详', '0', '', ' - ', '00000000', '未知', 'N/A', '没有电话'])(
    'find nobody by “%s”',
    (written) => {
      expect(of('phone', written)).toEqual([])
    },
  )

  it('write identifiers in capitals without spaces', () => {
    expect(of('identifier', ' zy 00123\u3000４５ab ')).toEqual(['ZY0012345AB'])
    expect(of('identifier', ' ')).toEqual([])
  })

  it('find an old identity card by the new number and back, and no other number', () => {
    const [old, card] = ['320311770706001', '320311197707060018']
    expect(of('identifier', card)).toEqual([card, old])
    expect(of('identifier', old)).toEqual([old, card])
    expect(of('identifier', '11010519491231002x')).toEqual([
      '11010519491231002X',
      '110105491231002',
    ])
    for (const wrong of ['320311197707060015', '320311771306001', '110105200001011234']) {
      expect(of('identifier', wrong)).toEqual([wrong])
    }
  })

  it('write an e-mail address small, and find nobody by free text or a date', () => {
    expect(of('email', ' Wang@Example.CN ')).toEqual(['wang@example.cn'])
    expect(of('text', '张三')).toEqual([])
    expect(of('date', '1977-07-06')).toEqual([])
  })
})
