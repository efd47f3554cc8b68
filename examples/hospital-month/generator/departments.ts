import type { Whom } from './people.ts'

export interface Diagnosis {
  /** ICD-10. */
  readonly code: string
  readonly name: string
}

export interface Department {
  readonly code: string
  readonly name: string
  readonly ward: string
  /** Its share of the hospital's stays, by weight. */
  readonly weight: number
  /** Half of its stays are shorter. */
  readonly medianDays: number
  readonly whom: Whom
  readonly diagnoses: readonly Diagnosis[]
}

/** Code, name, weight, median stay in days, whom it sees, what it treats. */
const table = `
0301 心血管内科 9 6 old I20.0不稳定性心绞痛 I21.9急性心肌梗死 I50.9心力衰竭 I48.9心房颤动 I10原发性高血压
0302 呼吸与危重症医学科 8 8 old J18.9肺炎 J44.1慢性阻塞性肺病急性加重 J45.9支气管哮喘 J47支气管扩张
0303 消化内科 8 6 anybody K25.4胃溃疡伴出血 K29.5慢性胃炎 K63.5结肠息肉 K74.6肝硬化 K85.9急性胰腺炎
0304 神经内科 9 9 old I63.9脑梗死 G45.9短暂性脑缺血发作 G40.9癫痫 G20帕金森病
0305 肾内科 4 8 anybody N18.5慢性肾脏病5期 N04.9肾病综合征 N03.9慢性肾炎综合征
0306 内分泌科 5 8 anybody E11.92型糖尿病 E05.9甲状腺毒症 E03.9甲状腺功能减退症
0307 血液内科 3 11 anybody C91.0急性淋巴细胞白血病 C90.0多发性骨髓瘤 D61.9再生障碍性贫血 D46.9骨髓增生异常综合征
0308 风湿免疫科 2 9 anybody M06.9类风湿性关节炎 M32.9系统性红斑狼疮 M10.9痛风
0309 感染性疾病科 3 10 anybody B18.1慢性乙型病毒性肝炎 A16.2肺结核 A41.9脓毒症
0310 老年医学科 3 11 old I25.1动脉硬化性心脏病 J18.9肺炎 F03老年痴呆
0311 肿瘤内科 6 7 old C34.9肺恶性肿瘤 C16.9胃恶性肿瘤 C18.9结肠恶性肿瘤 Z51.1肿瘤化学治疗
0312 放射治疗科 3 14 old C15.9食管恶性肿瘤 C11.9鼻咽恶性肿瘤 Z51.0肿瘤放射治疗
0401 普通外科 7 6 anybody K80.2胆囊结石 K35.8急性阑尾炎 K40.9腹股沟疝
0402 肝胆胰外科 4 9 anybody K80.5胆管结石 C22.0肝细胞癌 C25.9胰腺恶性肿瘤
0403 胃肠外科 4 10 old C16.9胃恶性肿瘤 C20直肠恶性肿瘤 K56.7肠梗阻
0404 甲状腺乳腺外科 4 5 women C50.9乳房恶性肿瘤 D24乳房良性肿瘤 C73甲状腺恶性肿瘤 E04.1甲状腺结节
0405 关节外科 4 10 old M17.1膝关节病 M16.1髋关节病 S72.0股骨颈骨折
0406 脊柱外科 4 9 anybody M51.2腰椎间盘突出 M48.0椎管狭窄 M47.1脊髓型颈椎病
0407 创伤骨科 4 11 anybody S82.2胫骨干骨折 S52.5桡骨下端骨折 S42.0锁骨骨折
0408 神经外科 4 13 anybody S06.5创伤性硬膜下血肿 I61.9脑出血 D32.9脑膜瘤
0409 泌尿外科 5 6 men N20.1输尿管结石 N40前列腺增生 C67.9膀胱恶性肿瘤
0410 胸外科 3 9 old C34.1肺上叶恶性肿瘤 J93.1自发性气胸 C15.9食管恶性肿瘤
0411 心脏大血管外科 2 14 anybody I35.0主动脉瓣狭窄 I71.0主动脉夹层 I34.0二尖瓣关闭不全
0412 血管外科 2 7 old I83.9下肢静脉曲张 I80.2下肢深静脉血栓形成 I70.2下肢动脉硬化闭塞症
0413 烧伤整形科 1 12 anybody T30.0烧伤 L91.0瘢痕疙瘩
0414 肛肠科 2 6 anybody K64.2痔 K60.3肛瘘 K60.2肛裂
0501 妇科 5 6 women D25.9子宫平滑肌瘤 N80.1卵巢子宫内膜异位症 N83.2卵巢囊肿
0502 产科 6 4 mothers O80.0头位顺产 O82.0择期剖宫产 O42.9胎膜早破
0601 儿科 5 6 children J18.0支气管肺炎 J20.9急性支气管炎 A09.9胃肠炎
0602 新生儿科 2 7 newborn P59.9新生儿黄疸 P07.3早产儿 P22.0新生儿呼吸窘迫综合征
0701 眼科 4 3 old H25.9老年性白内障 H40.2闭角型青光眼 H33.0视网膜脱离
0702 耳鼻咽喉科 3 6 anybody J32.9慢性鼻窦炎 J35.0慢性扁桃体炎 H91.2突发性耳聋
0703 口腔颌面外科 2 5 anybody K04.8颌骨囊肿 S02.6下颌骨骨折
0801 中医科 2 10 old M54.5腰痛 G51.0面神经炎 R42眩晕
0802 康复医学科 3 16 old I69.3脑梗死后遗症 S14.1颈髓损伤 G81.9偏瘫
0803 疼痛科 1 6 old B02.2带状疱疹后神经痛 M54.2颈椎痛
0901 重症医学科 1 9 old R57.9休克 J96.0急性呼吸衰竭 A41.9脓毒症
0902 急诊内科 2 3 anybody T60.0有机磷农药中毒 R55晕厥 T78.2过敏性休克
`

const diagnosisOf = (text: string): Diagnosis => {
  const [, code = '', name = ''] = /^([A-Z]\d\d(?:\.\d)?)(.+)$/.exec(text) ?? []
  return { code, name }
}

/** The hospital's clinical departments. */
export const departments: readonly Department[] = table
  .trim()
  .split('\n')
  .map((row) => {
    const [code = '', name = '', weight, days, whom, ...diagnoses] = row.split(' ')
    return {
      code,
      name,
      ward: `${code}W`,
      weight: Number(weight),
      medianDays: Number(days),
      whom: whom as Whom,
      diagnoses: diagnoses.map(diagnosisOf),
    }
  })
