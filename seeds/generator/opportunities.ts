import { type Campaign, withCampaign } from './campaigns.js'
import type { Product } from './catalogue.js'
import { metCompetitors } from './competitors.js'
import { type Customer, sourceWeights } from './customers.js'
import { drawLines, inCurrency, type Line, lineRecords, totalCents } from './lines.js'
import type { Random } from './random.js'
import { days, keyOf, member, money, record, ref, type SeedRecord, since } from './record.js'

/** An opportunity as orders and activities refer to it; days are counted from today. */
export interface Opportunity {
  readonly key: string
  readonly name: string
  readonly customer: Customer
  readonly contact: string | undefined
  readonly stage: Stage
  readonly opened: number
  readonly close: number
  readonly lines: readonly Line[]
}

type Stage = 'new' | 'qualified' | 'proposal' | 'negotiation' | 'won' | 'lost'

const chances: Readonly<Record<Stage, readonly string[]>> = {
  new: ['0.1', '0.1', '0.1', '0.05'],
  qualified: ['0.25', '0.25', '0.3', '0.2'],
  proposal: ['0.5', '0.5', '0.5', '0.4', '0.6'],
  negotiation: ['0.75', '0.75', '0.8', '0.9', '0.6'],
  won: ['1'],
  lost: ['0'],
}

const chineseProjects = [
  '产线数据采集',
  '设备联网一期',
  '能耗监测平台',
  '集团统一平台建设（含历史数据迁移与操作培训）',
  '年度框架采购',
  '二期扩容',
  '售后服务续约',
  '试点部署',
  '数字化车间改造',
  '预测性维护',
  '仓储环境监测',
  '质量追溯系统',
  '车间看板更新',
  '空压站监控',
  '传感器补充采购',
  '分厂推广项目',
  '冷链温湿度监控',
]
const foreignProjects = [
  'line data capture',
  'pilot rollout',
  'energy monitoring',
  'group platform incl. data migration and training',
  'annual framework',
  'phase 2 expansion',
  'service renewal',
  'predictive maintenance',
  'warehouse sensors',
  'quality traceability',
  'shop-floor panels',
  'cold chain monitoring',
  'multi-site deployment across all plants in the region',
]
const chineseSteps = [
  '确认合同条款',
  '发送报价第 2 版',
  '安排现场演示',
  '电话回访决策人',
  '提交技术方案',
  '等待客户预算批复',
  '组织技术交流',
  '跟进法务审核',
  '约高层拜访',
]
const foreignSteps = [
  'Agree on terms',
  'Send quote v2',
  'Book on-site demo',
  'Call the decision maker',
  'Send the technical proposal',
  'Wait for budget approval',
  'Security review with IT',
  'Meet the plant manager',
]
const lessons = [
  '客户最终选择了价格更低的供应商，差价约 12%。',
  '预算被冻结，明年一季度再联系。',
  'They stayed with the present supplier; switching looked too risky.',
  'The project was merged into a group tender.',
  '对方希望一体化方案，我们的报价缺少安装施工。',
]

/** Days since it was opened: most are recent, the oldest 18 months ago. */
const drawAge = (random: Random): number => Math.floor(random.next() ** 1.35 * 540)

/** The stage that an open one has reached after a part of its time. */
const openStage = (random: Random, progress: number): Stage =>
  progress < 0.25
    ? random.weighted({ new: 75, qualified: 25 })
    : progress < 0.55
      ? random.weighted({ new: 15, qualified: 55, proposal: 30 })
      : random.weighted({ qualified: 15, proposal: 45, negotiation: 40 })

interface Course {
  readonly stage: Stage
  readonly opened: number
  readonly close: number
}

/** How it went: opened, and closed after its time; some stay open past their day. */
function course(random: Random): Course {
  const age = drawAge(random)
  const length = random.whole(18, 95) + random.whole(0, 75)
  if (age <= length) return { stage: openStage(random, age / length), opened: -age, close: length - age + random.whole(0, 14) }
  if (age - length < 60 && random.chance(0.3))
    return { stage: random.weighted({ qualified: 25, proposal: 40, negotiation: 35 }), opened: -age, close: length - age }
  return { stage: random.weighted({ won: 54, lost: 46 }), opened: -age, close: length - age }
}

/** Draws the opportunities: half of them at a third of the customers. */
export function opportunities(
  random: Random,
  customers: readonly Customer[],
  products: readonly Product[],
  campaigns: readonly Campaign[],
  count: number,
): { records: SeedRecord[]; list: Opportunity[] } {
  const list: Opportunity[] = []
  const records: SeedRecord[] = []
  for (let number = 1; number <= count; number++) {
    const customer = customers[Math.floor(random.next() ** 1.5 * customers.length)] as Customer
    const run = course(random)
    const lines =
      run.stage !== 'new' || random.chance(0.35)
        ? random.chance(0.9)
          ? drawLines(random, products, customer.company.place.currency, customer.level)
          : []
        : []
    const project = random.pick(customer.company.isChinese ? chineseProjects : foreignProjects)
    const contact = customer.contacts.length > 0 && random.chance(0.8) ? random.pick(customer.contacts).key : undefined
    const drawn: Opportunity = { key: keyOf('opp', number), name: `${customer.company.name} ${project}`, customer, contact, lines, ...run }
    list.push(drawn)
    records.push(withCampaign(opportunityRecord(random, drawn, number), campaigns, drawn.opened, number))
  }
  return { records, list }
}

/** The sum of its lines, else a guess; early ones often have none. */
function amountOf(random: Random, { lines, stage, customer }: Opportunity): string | undefined {
  if (lines.length > 0) return money(totalCents(lines))
  if (stage === 'new' && random.chance(0.45)) return undefined
  return money(inCurrency(random.whole(4, 260) * 1000, customer.company.place.currency) * 100)
}

const forecasts: Readonly<Record<Stage, Readonly<Record<string, number>>>> = {
  new: { pipeline: 9, omitted: 1 },
  qualified: { pipeline: 8, bestCase: 2 },
  proposal: { pipeline: 4, bestCase: 5, commit: 1 },
  negotiation: { bestCase: 4, commit: 6 },
  won: { commit: 1 },
  lost: { omitted: 1 },
}

/** Since when an open one is in its stage: some days, a few too long. */
const openSince = ({ opened, close }: Opportunity): number => Math.max(opened, -((Math.abs(opened) * 37 + Math.abs(close) * 11) % 64))

function opportunityRecord(random: Random, drawn: Opportunity, number: number): SeedRecord {
  const { stage, customer } = drawn
  const { isChinese, place } = customer.company
  const isOpen = stage !== 'won' && stage !== 'lost'
  return record({
    $key: drawn.key,
    name: drawn.name,
    customer: ref('customer', customer.key),
    contact: drawn.contact ? ref('contact', drawn.contact) : undefined,
    stage,
    stageSince: since(isOpen ? openSince(drawn) : drawn.close),
    amount: amountOf(random, drawn),
    currency: place.currency,
    probability: random.pick(chances[stage]),
    closeDate: isOpen && stage === 'new' && random.chance(0.2) ? undefined : days(drawn.close),
    openedOn: days(drawn.opened),
    type: random.weighted({ newBusiness: 55, expansion: 28, renewal: 17 }),
    source: random.chance(0.9) ? random.weighted(sourceWeights) : undefined,
    forecast: random.weighted(forecasts[stage]),
    competitors: random.chance(0.45)
      ? metCompetitors(random.some(['incumbent', 'domestic', 'international', 'inHouse'], random.whole(1, 2)), isChinese, number)
      : undefined,
    nextStep: isOpen && random.chance(0.68) ? random.pick(isChinese ? chineseSteps : foreignSteps) : undefined,
    lostReason:
      stage === 'lost' ? random.weighted({ price: 30, competitor: 22, noDecision: 18, budget: 14, product: 9, timing: 7 }) : undefined,
    lostNotes: stage === 'lost' && random.chance(0.35) ? random.pick(lessons) : undefined,
    owner: member(customer.owner),
    lines: drawn.lines.length > 0 ? lineRecords(drawn.lines) : undefined,
  })
}
