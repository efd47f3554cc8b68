import type { Random } from './prng.ts'

/** A county or district from which patients come. */
export interface Place {
  readonly province: string
  readonly city: string
  readonly county: string
  /** After GB/T 2260. */
  readonly code: string
  /** By road from the hospital, roughly; what a home visit has to drive. */
  readonly km: number
}

/** Province, city, county, its code, kilometres from the centre of Xuzhou, share of the patients in a thousand. */
const table = `
江苏省 徐州市 泉山区 320311 3 150
江苏省 徐州市 云龙区 320303 4 130
江苏省 徐州市 鼓楼区 320302 5 120
江苏省 徐州市 铜山区 320312 14 150
江苏省 徐州市 贾汪区 320305 38 45
江苏省 徐州市 沛县 320322 72 65
江苏省 徐州市 邳州市 320382 75 60
江苏省 徐州市 丰县 320321 80 50
江苏省 徐州市 睢宁县 320324 85 50
江苏省 徐州市 新沂市 320381 118 25
江苏省 宿迁市 宿城区 321302 120 15
江苏省 宿迁市 沭阳县 321322 165 8
江苏省 连云港市 东海县 320722 170 6
江苏省 淮安市 盱眙县 320830 210 3
江苏省 盐城市 响水县 320921 260 2
安徽省 宿州市 萧县 341322 28 40
安徽省 淮北市 相山区 340603 55 18
安徽省 淮北市 濉溪县 340621 62 12
安徽省 宿州市 埇桥区 341302 75 14
安徽省 宿州市 砀山县 341321 85 14
安徽省 宿州市 灵璧县 341323 100 10
安徽省 宿州市 泗县 341324 130 5
安徽省 蚌埠市 怀远县 340321 160 3
山东省 枣庄市 台儿庄区 370405 60 8
山东省 枣庄市 峄城区 370404 68 6
山东省 济宁市 微山县 370826 75 10
山东省 枣庄市 滕州市 370481 110 4
山东省 临沂市 兰陵县 371324 115 3
山东省 菏泽市 单县 371722 120 4
河南省 商丘市 永城市 411481 100 12
河南省 商丘市 夏邑县 411426 135 3
`

const rows = table
  .trim()
  .split('\n')
  .map((row) => {
    const [province = '', city = '', county = '', code = '', km, weight] = row.split(' ')
    return { place: { province, city, county, code, km: Number(km) }, weight: Number(weight) }
  })

const roads =
  '和平路 解放路 建国路 民主路 淮海路 中山路 复兴路 人民路 文化路 朝阳路 迎宾路 新华街'.split(' ')
const villages = '前王村 后刘庄 大李庄 小张村 赵家楼 孙圩村 陈集村 马坡村 柳新庄 石桥村'.split(' ')

/** Where somebody lives: a county, and the line below it, which is invented. */
export const addressOf = (random: Random): { place: Place; street: string } => {
  const { place } = random.weighted(rows, ({ weight }) => weight)
  if (place.km > 10 && random.chance(0.6)) {
    return { place, street: `${random.pick(villages)}${random.int(1, 12)}组${random.int(1, 80)}号` }
  }
  // Ampersands are written as they are on the door plate, and must survive the escaping.
  const house = random.chance(0.01) ? 'A&B座' : `${random.int(1, 30)}号楼`
  return { place, street: `${random.pick(roads)}${random.int(1, 199)}号${house}` }
}
