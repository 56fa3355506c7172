import type { Customer } from './customers.js'
import type { Lead } from './leads.js'
import type { Opportunity } from './opportunities.js'
import type { Order } from './orders.js'
import type { Random } from './random.js'
import { days, keyOf, member, officeTime, record, ref, type SeedRecord, type Value } from './record.js'

type Kind = 'task' | 'call' | 'visit' | 'meeting' | 'mail'

const chineseSubjects: Readonly<Record<Kind, readonly string[]>> = {
  task: ['准备投标文件', '整理需求清单', '更新报价单', '催收到货款', '寄送样机', '核对开票信息', '准备培训材料'],
  call: ['电话回访', '确认交付时间', '了解预算进度', '跟进合同审批', '回复技术问题'],
  visit: ['上门拜访采购负责人', '现场勘察车间网络', '陪同总监拜访客户高层', '客户满意度回访'],
  meeting: ['方案评审会', '线上演示数据平台', '项目启动会', '季度业务回顾'],
  mail: ['发送产品资料', '发送盖章合同扫描件', '发送会议纪要', '发送报价单'],
}
const foreignSubjects: Readonly<Record<Kind, readonly string[]>> = {
  task: ['Prepare the tender documents', 'Update the quote', 'Send a demo unit', 'Check the billing address', 'Collect open requirements'],
  call: ['Follow-up call', 'Ask about the budget', 'Confirm the delivery date', 'Answer technical questions'],
  visit: ['Site visit: network survey', 'Visit the plant manager', 'Satisfaction visit'],
  meeting: ['Proposal review', 'Online demo of the data platform', 'Project kick-off', 'Quarterly business review'],
  mail: ['Send product sheets', 'Send the signed contract', 'Send meeting notes and open points'],
}
const chineseNotes = [
  '对方认可方案，希望 12 月前完成签约。',
  '王工确认二期预算已批，采购走框架协议。',
  '客户对交付周期有顾虑，需要给出详细计划。',
  '现场信号较弱，建议增加两台网关。',
  '约定下周三再沟通价格。',
]
const foreignNotes = [
  'They like the proposal and want to sign this quarter.',
  'Budget is approved, purchasing takes over.',
  'Worried about the delivery time; send a detailed plan.',
  'Asked for a reference in the same industry.\nWe named two customers that agreed to take calls.',
]

/** What an activity is about, and the days in which it can fall. */
interface About {
  readonly links: Readonly<Record<string, Value | undefined>>
  readonly owner: string
  readonly isChinese: boolean
  readonly from: number
  readonly to: number
}

const aboutDeal = (random: Random, deal: Opportunity): About => ({
  links: {
    customer: ref('customer', deal.customer.key),
    contact: deal.contact ? ref('contact', deal.contact) : undefined,
    relatedTo: ref('opportunity', deal.key),
  },
  owner: deal.customer.owner,
  isChinese: deal.customer.company.isChinese,
  from: deal.opened,
  to: deal.stage === 'won' || deal.stage === 'lost' ? deal.close : random.whole(-6, 18),
})

const aboutLead = (random: Random, lead: Lead): About => ({
  links: { relatedTo: ref('lead', lead.key) },
  owner: lead.owner,
  isChinese: lead.isChinese,
  from: lead.received,
  to: ['converted', 'invalid', 'recycled'].includes(lead.status) ? Math.min(-1, lead.received + 20) : random.whole(-4, 10),
})

const aboutCustomer = (random: Random, customer: Customer, order: string | undefined): About => ({
  links: {
    relatedTo: order === undefined ? undefined : ref('order', order),
    customer: ref('customer', customer.key),
    contact: customer.contacts.length > 0 ? ref('contact', random.pick(customer.contacts).key) : undefined,
  },
  owner: random.chance(0.25) ? 'agent@demo.test' : customer.owner,
  isChinese: customer.company.isChinese,
  from: -420,
  to: 25,
})

/** Draws the activities: half of them about opportunities, the rest about leads, and customers with their latest order. */
export function activities(
  random: Random,
  sources: { customers: readonly Customer[]; leads: readonly Lead[]; deals: readonly Opportunity[]; orders: readonly Order[] },
  count: number,
): SeedRecord[] {
  const orders = new Map(sources.orders.map(order => [order.customer.key, order.key]))
  return Array.from({ length: count }, (_, index) => {
    const about = random.weighted({ deal: 56, lead: 20, customer: 24 })
    if (about === 'deal') return activityRecord(random, index + 1, aboutDeal(random, random.pick(sources.deals)))
    if (about === 'lead') return activityRecord(random, index + 1, aboutLead(random, random.pick(sources.leads)))
    const customer = random.pick(sources.customers)
    return activityRecord(random, index + 1, aboutCustomer(random, customer, orders.get(customer.key)))
  })
}

/** What is past is mostly done, what lies ahead is open. */
function statusOf(random: Random, day: number): 'open' | 'done' | 'cancelled' {
  if (day > 0) return random.chance(0.97) ? 'open' : 'cancelled'
  if (day === 0) return random.chance(0.6) ? 'open' : 'done'
  return random.weighted(day > -12 ? { done: 74, open: 22, cancelled: 4 } : { done: 94, open: 2, cancelled: 4 })
}

function activityRecord(random: Random, number: number, about: About): SeedRecord {
  const day = random.whole(Math.min(about.from, about.to), Math.max(about.from, about.to))
  const type = random.weighted({ task: 28, call: 34, visit: 12, meeting: 12, mail: 14 })
  const status = statusOf(random, day)
  const isTimed = type === 'visit' || type === 'meeting' || (type === 'call' && random.chance(0.4))
  const hour = random.whole(9, 17)
  return record({
    $key: keyOf('act', number, 4),
    subject: random.pick((about.isChinese ? chineseSubjects : foreignSubjects)[type]),
    type,
    status,
    priority: random.weighted({ normal: 70, high: 18, low: 12 }),
    dueOn: days(day),
    startAt: isTimed ? days(day, officeTime(hour, random.whole(0, 3))) : undefined,
    minutes: isTimed ? random.pick([15, 30, 45, 60, 90, 120]) : undefined,
    doneAt: status === 'done' ? days(day, officeTime(Math.min(hour + 1, 18), random.whole(0, 3))) : undefined,
    ...about.links,
    outcome:
      status === 'done' && type === 'call'
        ? random.weighted({ reached: 45, interested: 18, followUp: 18, noAnswer: 14, notInterested: 5 })
        : undefined,
    place: type === 'visit' && random.chance(0.5) ? (about.isChinese ? '客户现场' : 'At their plant') : undefined,
    notes: status === 'done' && random.chance(0.3) ? random.pick(about.isChinese ? chineseNotes : foreignNotes) : undefined,
    owner: member(about.owner),
  })
}
