import { keyOf, record, ref, type SeedRecord } from './record.js'

type Kind = 'incumbent' | 'domestic' | 'international' | 'inHouse'

/** Name, kind, host of the website, strengths, weaknesses. */
const rows: readonly (readonly [string, Kind, string, string, string])[] = [
  ['临溪自动化', 'incumbent', 'linxi.example', '多年老供应商，与车间关系好。', '产品更新慢，没有数据平台。'],
  ['Harbourline Controls', 'incumbent', 'harbourline.example', 'Installed in most of the old plants.', 'Closed protocols, slow support.'],
  ['衡测传感', 'domestic', 'hengce.example', '价格低，交期短。', '高端型号精度不足。'],
  ['墨川物联', 'domestic', 'mochuan.example', '平台功能全，演示效果好。', '私有部署经验少。'],
  ['Nordhaven Sensing', 'international', 'nordhaven.example', 'Known brand, wide certification.', 'Expensive, long delivery.'],
  ['Calloway Industrial', 'international', 'calloway.example', 'One contract for all regions.', 'Local service through partners only.'],
  ['客户自研团队', 'inHouse', '', '熟悉自身工艺，预算在内部。', '维护人手不足，周期长。'],
  ['Own engineering team', 'inHouse', '', 'Knows the process, owns the data.', 'Few people, no roadmap.'],
]

const keyAt = (index: number): string => keyOf('comp', index + 1, 2)

export const competitorRecords = (): SeedRecord[] =>
  rows.map(([name, kind, host, strengths, weaknesses], index) =>
    record({ $key: keyAt(index), name, kind, website: host === '' ? undefined : `https://www.${host}`, strengths, weaknesses }),
  )

const threats = ['medium', 'high', 'low', 'medium'] as const
const notes: readonly (string | undefined)[] = [
  undefined,
  '报价比我们低约 8%。',
  undefined,
  undefined,
  'Was invited by purchasing.',
  undefined,
]

/** The competitors of some kinds that an opportunity meets; Chinese customers meet those with a Chinese name first. */
export const metCompetitors = (kinds: readonly string[], isChinese: boolean, number: number): SeedRecord[] =>
  kinds.flatMap((kind, place) => {
    const those = rows.flatMap((row, index) => (row[1] === kind ? [index] : []))
    const index = those[(isChinese ? 0 : 1) + (number % 7 === 0 ? 1 : 0)] ?? those[0]
    if (index === undefined) return []
    const turn = number * 5 + place * 3
    const attributes = record({ threat: threats[turn % threats.length], note: notes[turn % notes.length] })
    return [{ ...ref('competitor', keyAt(index)), attributes }]
  })
