import { type Company, company, creditCode } from './companies.js'
import { type Person, person } from './names.js'
import type { Random } from './random.js'
import { keyOf, member, record, ref, type SeedRecord } from './record.js'
import { seller } from './staff.js'

/** A contact as other records refer to them. */
export interface Contact {
  readonly key: string
  readonly person: Person
}

/** A customer as other records refer to it. */
export interface Customer {
  readonly key: string
  readonly company: Company
  readonly owner: string
  readonly level: 'a' | 'b' | 'c'
  readonly contacts: Contact[]
  /** Days of the last order, counted from today; set while orders are drawn. */
  lastOrder: number | null
}

export const sourceWeights = {
  website: 22,
  ads: 14,
  exhibition: 18,
  referral: 16,
  partner: 12,
  coldCall: 8,
  social: 6,
  inbound: 4,
} as const

/** Draws the companies; the records come later, when their orders are known. */
export function drawCustomers(random: Random, count: number): Customer[] {
  const taken = new Set<string>()
  return Array.from({ length: count }, (_, index) => {
    const drawn = company(random, taken, random.chance(0.6))
    const level = random.weighted({ a: 15, b: 45, c: 40 })
    return {
      key: keyOf('cust', index + 1),
      company: drawn,
      owner: seller(random, drawn.place.region),
      level,
      contacts: [],
      lastOrder: null,
    }
  })
}

/** The group that a customer belongs to: the first one of its brand, when that is an earlier one. */
function parentOf(customer: Customer, customers: readonly Customer[]): Customer | undefined {
  const first = customers.find(
    other => other.company.brand === customer.company.brand && other.company.isChinese === customer.company.isChinese,
  )
  return first === undefined || first === customer ? undefined : first
}

const lifecycleOf = (customer: Customer, random: Random): string => {
  if (customer.lastOrder === null) return random.weighted({ prospect: 88, lost: 12 })
  if (customer.lastOrder > -270) return 'active'
  return random.weighted({ dormant: 78, lost: 10, active: 12 })
}

const employeeBands = { micro: [6, 49], small: [50, 249], medium: [250, 999], large: [1000, 18000] } as const

/** The records of the customers. */
export const customerRecords = (random: Random, customers: readonly Customer[]): SeedRecord[] =>
  customers.map((customer, index) => customerRecord(random, customer, index, customers))

function customerRecord(random: Random, customer: Customer, index: number, customers: readonly Customer[]): SeedRecord {
  const { company: firm, level } = customer
  const { place } = firm
  const size = random.weighted(
    level === 'a' ? { large: 6, medium: 4 } : level === 'b' ? { large: 1, medium: 5, small: 4 } : { small: 5, micro: 5 },
  ) as keyof typeof employeeBands
  const [low, high] = employeeBands[size]
  const employees = random.whole(low, high)
  const parent = index % 3 > 0 ? undefined : parentOf(customer, customers)
  return record({
    $key: customer.key,
    name: firm.name,
    legalName: firm.legalName,
    type: 'company',
    level,
    lifecycle: lifecycleOf(customer, random),
    industry: firm.industry,
    size,
    employees: random.chance(0.8) ? employees : undefined,
    annualRevenue: random.chance(0.6) ? String(employees * random.whole(30, 110) * 10000) : undefined,
    foundedYear: random.chance(0.7) ? random.whole(1958, 2021) : undefined,
    creditCode: firm.isChinese && random.chance(0.75) ? creditCode(index + 1) : undefined,
    parent: parent ? ref('customer', parent.key) : undefined,
    region: place.region,
    country: place.country,
    city: place.city,
    address: random.chance(0.7) ? address(random, firm) : undefined,
    phone: random.chance(0.85) ? place.mobile(index + 10000) : undefined,
    email: random.chance(0.6) ? `info@${firm.domain}` : undefined,
    website: random.chance(0.65) ? `https://www.${firm.domain}` : undefined,
    source: random.weighted(sourceWeights),
    tags: tagsOf(random, level),
    currency: place.currency,
    creditLimit: level === 'c' ? undefined : String(random.whole(2, level === 'a' ? 40 : 12) * 50000),
    paymentTerms: random.weighted({ prepaid: 15, net15: 10, net30: 45, net60: 22, net90: 8 }),
    notes: random.chance(0.25) ? random.pick(firm.isChinese ? chineseNotes : foreignNotes) : undefined,
    owner: member(customer.owner),
  })
}

function tagsOf(random: Random, level: string): string[] | undefined {
  const count = Number(random.weighted({ '0': 45, '1': 32, '2': 18, '3': 5 }))
  const tags = random.some(['reference', 'priceSensitive', 'slowPayer', 'expansion', 'newPlant', 'governmentOwned'], count)
  const all = level === 'a' ? ['keyAccount', ...tags] : tags
  return all.length > 0 ? all : undefined
}

const chineseNotes = [
  '采购走集团框架协议，合同需法务审核，周期约三周。',
  '设备老旧，网络条件差，实施前要先做现场勘察。',
  '客户重视售后响应，去年续约时对服务满意。\n建议每季度拜访一次生产负责人。',
  '对价格敏感，同时在比较两家供应商。',
  '二期预算已立项，等年度预算批复。',
]
const foreignNotes = [
  'Purchasing is central; every order needs a framework number.',
  'Prefers video calls in the morning. Decisions take about six weeks.',
  'Interested in a multi-site rollout after the pilot. The plant manager is our strongest supporter, the IT department asks for a security review first.',
  'Pays on time, asks for quarterly reviews.',
]
const streets = ['创新路', '科技大道', '滨江路', '工业园一路', '建设北路', '和平街', '迎宾大道']
const foreignStreets = ['Harbour Street', 'Mill Lane', 'Station Road', 'Industrial Park 4', 'Oak Avenue', 'Canal Walk']

const address = (random: Random, firm: Company): string =>
  firm.isChinese
    ? `${firm.place.city}市${random.pick(['高新区', '经济技术开发区', '新城区', '滨江新区'])}${random.pick(streets)}${random.whole(1, 999)}号${random.chance(0.4) ? `${random.whole(1, 28)}号楼${random.whole(2, 30)}层` : ''}`
    : `${random.whole(1, 240)} ${random.pick(foreignStreets)}, ${firm.place.city}, ${firm.place.country}`

const chineseTitles = [
  '采购经理',
  '生产总监',
  '设备主管',
  '信息中心主任',
  '总经理',
  '工程师',
  '财务经理',
  '厂长',
  '运维主管',
  '副总裁兼智能制造事业部总经理',
]
const foreignTitles = [
  'Plant Manager',
  'Head of Procurement',
  'IT Manager',
  'COO',
  'Maintenance Engineer',
  'Finance Director',
  'Operations Lead',
  'Vice President, Digital Manufacturing and Supply Chain',
]
const chineseDepartments = ['采购部', '生产部', '信息中心', '设备部', '总经办', '财务部']
const foreignDepartments = ['Procurement', 'Production', 'IT', 'Maintenance', 'Management', 'Finance']

/** Draws the contacts: most customers have one or two, some none, a few many. */
export function contacts(random: Random, customers: readonly Customer[], count: number): SeedRecord[] {
  const records: SeedRecord[] = []
  for (let number = 1; number <= count; number++) {
    const customer = customers[number <= 270 ? number - 1 : Math.floor(random.next() ** 1.6 * 290)] as Customer
    const key = keyOf('cont', number)
    const human = person(random, customer.company.isChinese ? random.chance(0.96) : random.chance(0.06))
    records.push(contactRecord(random, key, human, customer, number))
    customer.contacts.push({ key, person: human })
  }
  return records
}

function contactRecord(random: Random, key: string, human: Person, customer: Customer, number: number): SeedRecord {
  const { company: firm } = customer
  const boss = customer.contacts[0]
  return record({
    $key: key,
    name: human.name,
    customer: ref('customer', customer.key),
    jobTitle: random.chance(0.9) ? random.pick(firm.isChinese ? chineseTitles : foreignTitles) : undefined,
    department: random.chance(0.7) ? random.pick(firm.isChinese ? chineseDepartments : foreignDepartments) : undefined,
    role: random.chance(0.85)
      ? random.weighted({ decisionMaker: boss ? 15 : 50, influencer: 25, user: 30, buyer: 25, gatekeeper: 5 })
      : undefined,
    influence: random.chance(0.6) ? random.weighted({ high: 30, medium: 50, low: 20 }) : undefined,
    reportsTo: boss && random.chance(0.4) ? ref('contact', boss.key) : undefined,
    mobile: random.chance(0.9) ? firm.place.mobile(20000 + number) : undefined,
    email: random.chance(0.8) ? `${human.latin}@${firm.domain}` : undefined,
    wechat: firm.isChinese && random.chance(0.55) ? `wx_${human.latin.replace('.', '_')}_${number}` : undefined,
    preferredChannel: random.chance(0.7)
      ? firm.isChinese
        ? random.weighted({ wechat: 50, phone: 30, email: 10, visit: 10 })
        : random.weighted({ email: 60, phone: 35, visit: 5 })
      : undefined,
    consent: random.chance(0.6) ? random.some(['phone', 'email', 'sms', 'wechat'], random.whole(1, 3)) : undefined,
    birthday: random.chance(0.3)
      ? `${random.whole(1964, 1999)}-${String(random.whole(1, 12)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`
      : undefined,
    status: random.chance(0.06) ? 'left' : 'active',
    primary: boss === undefined,
    owner: member(customer.owner),
  })
}
