import type { Product } from './catalogue.js'
import type { Customer } from './customers.js'
import { drawLines, type Line, lineRecords, totalCents } from './lines.js'
import type { Opportunity } from './opportunities.js'
import type { Random } from './random.js'
import { days, keyOf, member, money, record, ref, type SeedRecord, since } from './record.js'

/** An order as its payments refer to it; days are counted from today. */
export interface Order {
  readonly key: string
  readonly name: string
  readonly customer: Customer
  readonly opportunity: Opportunity | undefined
  readonly ordered: number
  readonly deliver: number
  readonly status: string
  readonly terms: string
  readonly lines: readonly Line[]
  /** Off the total of its lines, in hundredths. */
  readonly discount: number
}

/** What an order comes to, in cents, rounded half up. */
const orderCents = ({ lines, discount }: Pick<Order, 'lines' | 'discount'>): number =>
  Math.floor((totalCents(lines) * (100 - discount) + 50) / 100)

const leadTimes = [7, 14, 21, 30, 45, 60] as const

/** How far an order is: what is old is done, what is due late is still on its way. */
function statusOf(random: Random, ordered: number, deliver: number): string {
  if (random.chance(0.04)) return 'cancelled'
  if (deliver < -20) return random.weighted({ completed: 93, closedShort: 4, delivering: 3 })
  if (deliver < 0) return random.weighted({ completed: 70, delivering: 20, onHold: 10 })
  if (ordered > -4) return random.weighted({ draft: 30, inApproval: 35, confirmed: 35 })
  return random.weighted({ confirmed: 45, delivering: 47, onHold: 8 })
}

function drawOrder(
  random: Random,
  number: number,
  customer: Customer,
  opportunity: Opportunity | undefined,
  ordered: number,
  products: readonly Product[],
): Order {
  const deliver = ordered + random.pick(leadTimes)
  const lines =
    opportunity && opportunity.lines.length > 0
      ? opportunity.lines
      : drawLines(random, products, customer.company.place.currency, customer.level)
  const label = customer.company.isChinese
    ? random.pick(['采购订单', '设备采购', '补货订单', '年度订阅', '扩容采购'])
    : random.pick(['purchase order', 'replenishment', 'annual subscription', 'expansion order'])
  const name = opportunity ? opportunity.name : `${customer.company.name} ${label}`
  const terms = random.weighted(
    totalCents(lines) > 20000000 ? { instalments: 70, net30: 20, net60: 10 } : { prepaid: 15, net15: 10, net30: 45, net60: 22, net90: 8 },
  )
  if (customer.lastOrder === null || customer.lastOrder < ordered) customer.lastOrder = ordered
  return {
    key: keyOf('ord', number),
    name,
    customer,
    opportunity,
    ordered,
    deliver,
    status: statusOf(random, ordered, deliver),
    terms,
    lines,
    discount: number % 9 === 0 ? (number % 2 === 0 ? 3 : 5) : 0,
  }
}

/** Draws the orders: one for each opportunity won, the rest from customers who come back. */
export function orders(
  random: Random,
  customers: readonly Customer[],
  deals: readonly Opportunity[],
  products: readonly Product[],
  count: number,
) {
  const list: Order[] = []
  for (const deal of deals) {
    if (deal.stage !== 'won' || list.length >= count) continue
    list.push(drawOrder(random, list.length + 1, deal.customer, deal, Math.min(0, deal.close + random.whole(0, 6)), products))
  }
  while (list.length < count) {
    const customer = customers[Math.floor(random.next() ** 1.7 * customers.length * 0.7)] as Customer
    list.push(drawOrder(random, list.length + 1, customer, undefined, -Math.floor(random.next() ** 1.2 * 540), products))
  }
  return { list, records: list.map(order => orderRecord(random, order)) }
}

function deliveredOf(random: Random, order: Order, line: Line): string {
  if (order.status === 'completed') return String(line.quantity)
  if (order.status === 'delivering' || order.status === 'closedShort')
    return String(Math.floor(line.quantity * random.pick([0, 0.3, 0.5, 0.8])))
  return '0'
}

function orderRecord(random: Random, order: Order): SeedRecord {
  const { customer, status } = order
  const { place, isChinese, legalName } = customer.company
  return record({
    $key: order.key,
    name: order.name,
    customer: ref('customer', customer.key),
    contact: customer.contacts.length > 0 && random.chance(0.75) ? ref('contact', random.pick(customer.contacts).key) : undefined,
    opportunity: order.opportunity ? ref('opportunity', order.opportunity.key) : undefined,
    status,
    statusSince: since(['completed', 'closedShort'].includes(status) ? order.deliver : Math.max(order.ordered, -20)),
    total: money(orderCents(order)),
    discount: order.discount === 0 ? undefined : String(order.discount / 100),
    currency: place.currency,
    taxRate: isChinese ? random.weighted({ '0.13': 75, '0.06': 25 }) : '0',
    orderedOn: days(order.ordered),
    deliverBy: days(order.deliver),
    deliveredOn: status === 'completed' ? days(Math.min(-1, Math.max(order.ordered, order.deliver + random.whole(-6, 5)))) : undefined,
    paymentTerms: order.terms,
    shipTo: random.chance(0.5)
      ? isChinese
        ? `${place.city}市${random.pick(['高新区', '开发区', '工业园'])}${random.whole(1, 200)}号`
        : `Gate ${random.whole(1, 9)}, ${place.city}`
      : undefined,
    billTo: random.chance(0.6) ? legalName : undefined,
    customerReference: random.chance(0.4) ? `${isChinese ? 'CG' : 'PO'}-${random.whole(10000, 99999)}` : undefined,
    owner: member(customer.owner),
    lines: lineRecords(order.lines, line => ({ delivered: deliveredOf(random, order, line) })),
  })
}

const termDays: Readonly<Record<string, number>> = { prepaid: 0, net15: 15, net30: 30, net60: 60, net90: 90 }

/** What is due for an order: everything at once, or 30 % now, 60 % on delivery, 10 % later; the last part takes the cents. */
function dues(order: Order): { instalment: string; cents: number; due: number }[] {
  const total = orderCents(order)
  if (order.terms !== 'instalments') return [{ instalment: 'full', cents: total, due: order.ordered + (termDays[order.terms] ?? 30) }]
  const [first, second] = [Math.round(total * 0.3), Math.round(total * 0.6)]
  return [
    { instalment: 'deposit', cents: first, due: order.ordered + 7 },
    { instalment: 'delivery', cents: second, due: order.deliver + 15 },
    { instalment: 'retention', cents: total - first - second, due: order.deliver + 180 },
  ]
}

/** Draws the payments of the orders that are under way or done, until there are enough. */
export function payments(random: Random, list: readonly Order[], count: number): SeedRecord[] {
  const records: SeedRecord[] = []
  for (const order of [...list].sort((left, right) => right.ordered - left.ordered)) {
    if (['draft', 'inApproval', 'cancelled'].includes(order.status)) continue
    for (const due of dues(order)) {
      if (records.length < count) records.push(paymentRecord(random, order, due, records.length + 1))
    }
  }
  return records
}

function paymentRecord(random: Random, order: Order, due: { instalment: string; cents: number; due: number }, number: number): SeedRecord {
  const { customer } = order
  const isPaid = due.due < 0 ? random.chance(due.due < -45 ? 0.95 : 0.72) : random.chance(0.06)
  const received = Math.min(0, due.due + random.whole(-8, 9))
  const status = isPaid ? (random.chance(0.02) ? 'reversed' : received > -6 ? 'received' : 'confirmed') : 'expected'
  const method = customer.company.isChinese
    ? random.weighted({ transfer: 72, acceptance: 18, alipay: 5, wechatPay: 5 })
    : random.weighted({ transfer: 82, card: 12, cheque: 6 })
  return record({
    $key: keyOf('pay', number),
    customer: ref('customer', customer.key),
    order: ref('order', order.key),
    status,
    amount: money(due.cents),
    currency: customer.company.place.currency,
    instalment: due.instalment,
    dueOn: days(due.due),
    receivedOn: isPaid ? days(received) : undefined,
    method: isPaid ? method : undefined,
    payer: isPaid && random.chance(0.7) ? customer.company.legalName : undefined,
    bankReference: isPaid && method === 'transfer' ? `TX${String(random.whole(0, 99999999)).padStart(8, '0')}` : undefined,
    notes:
      !isPaid && due.due < -15 && random.chance(0.5)
        ? customer.company.isChinese
          ? '已发催款函，对方财务称本周安排。'
          : 'Reminder sent; their finance team promised payment this week.'
        : undefined,
    owner: member(customer.owner),
  })
}
