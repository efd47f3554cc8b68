import type { Random } from './prng.ts'

export type Sex = 'M' | 'F'

const listOf = (text: string): string[] => text.trim().split(/\s+/)

/** Surnames with their share in a thousand; the last are of two characters. */
const surnames = listOf(`
王72 李71 张68 刘54 陈45 杨31 赵23 黄22 周21 吴20 徐19 孙17 胡13 朱13 高12 林11 何11 郭11 马11 罗9 梁8
宋8 郑8 谢7 韩7 唐7 冯7 于6 董6 萧6 程5 曹5 袁5 邓5 许5 傅5 沈5 曾5 彭5 吕4 苏4 卢4 蒋4 蔡4 贾4 丁4
魏4 薛4 叶3 阎3 余3 潘3 杜3 戴3 夏3 钟3 汪3 田3 任3 姜3 范3 方2 石2 姚2 谭2 廖2 邹2 熊2 金2 陆2 郝2
孔2 白2 崔2 康2 毛2 邱2 秦2 江2 史2 顾2 侯2 邵2 孟2 龙2 万2 段2 钱2 汤2 尹1 黎1 易1 常1 武1 乔1 贺1
单1 仇1 查1 解1 盖1 朴1 曲1 欧阳1 诸葛1 上官1 司马1 皇甫1 尉迟1 令狐1
`).map((entry) => ({ name: entry.replace(/\d+/, ''), weight: Number(entry.replace(/\D+/, '')) }))

/** Given names by sex, of those born before 1970 and after. 珅, 玕, 琟 and 瑋 have a delimiter as second byte in GBK. */
const given = {
  F: {
    older:
      listOf(`秀英 秀兰 桂英 玉兰 桂兰 玉英 秀珍 凤英 淑珍 玉梅 素珍 桂芳 玉珍 秀芳 兰英 桂荣 淑英 秀梅
      翠英 凤兰 爱华 美英 月英 翠兰 淑华 春英 莲英 雪梅 素兰 金凤 桂珍 彩云 玉华 秀云`),
    younger:
      listOf(`芳 娜 敏 静 丽 艳 娟 霞 燕 玲 婷 雪 倩 琳 洁 莉 梅 慧 颖 晶 红梅 晓燕 丽娟 海燕 雪梅
      欣怡 梓涵 雨桐 思琪 诗涵 子萱 梦洁 佳怡 婉婷 语嫣 一诺 若汐 沐晴 琟 玥 珺 婧`),
  },
  M: {
    older:
      listOf(`建国 建华 建军 国强 志强 德福 玉林 国华 秀山 文明 长江 永福 树林 广才 志明 金生 洪福
      传忠 兴旺 福贵 运来 家善 学义 怀仁 道远 世荣 振华 卫东 继承 保国 明德 敬先 兆祥 守义`),
    younger: listOf(`伟 强 磊 军 勇 杰 涛 超 明 刚 平 辉 鹏 浩 宇 凯 斌 峰 帅 亮 志强 俊杰 浩然 子轩
      宇航 梓豪 博文 天佑 明轩 一鸣 思远 家豪 子墨 俊熙 嘉懿 珅 玕 瑋 昊 喆 堃`),
  },
}

/** Namesakes on purpose: the names that every ward has several of at a time. */
const commonest = {
  F: { older: ['王秀英', '李秀英', '张秀英', '王桂英'], younger: ['王芳', '张丽', '李娜', '王静'] },
  M: { older: ['张建国', '王建华', '李国强', '刘建军'], younger: ['张伟', '王伟', '李强', '刘洋'] },
}

/** A full name such as somebody of this sex and year of birth may have. */
export const nameOf = (random: Random, sex: Sex, bornIn: number): string => {
  const age = bornIn < 1970 ? 'older' : 'younger'
  if (random.chance(0.04)) return random.pick(commonest[sex][age])
  const { name } = random.weighted(surnames, ({ weight }) => weight)
  return name + random.pick(given[sex][age])
}
