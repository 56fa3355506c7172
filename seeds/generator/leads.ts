import { type Campaign, campaignsOf, withCampaign } from './campaigns.js'
import { company } from './companies.js'
import { sourceWeights } from './customers.js'
import { person } from './names.js'
import type { Opportunity } from './opportunities.js'
import type { Random } from './random.js'
import { days, keyOf, member, officeTime, record, ref, type SeedRecord, since } from './record.js'
import { seller } from './staff.js'

/** A lead as activities refer to it; days are counted from today. */
export interface Lead {
  readonly key: string
  readonly name: string
  readonly isChinese: boolean
  readonly received: number
  readonly status: string
  readonly owner: string
}

const chineseNotes = [
  '在展会上看了网关演示，希望先做 20 台设备的试点。',
  '官网下载了能耗白皮书，留言询价。',
  '老客户介绍，正在规划新厂。',
  '电话里说现在用的是 Excel 抄表。',
]
const foreignNotes = [
  'Asked for a quote on 40 sensors.',
  'Met at the expo, wants a demo next month.',
  'Downloaded the white paper twice.',
  'Runs three plants, one of them is to be modernised first.',
]

/** What became of a lead after so many days. */
function statusOf(random: Random, age: number): string {
  if (age < 3) return random.weighted({ new: 60, assigned: 30, contacted: 10 })
  if (age < 21) return random.weighted({ new: 14, assigned: 24, contacted: 36, qualified: 18, invalid: 8 })
  if (age < 90) return random.weighted({ assigned: 8, contacted: 24, qualified: 22, converted: 18, recycled: 12, invalid: 16 })
  return random.weighted({ contacted: 6, qualified: 8, converted: 34, recycled: 24, invalid: 28 })
}

/** Draws the leads; those that were converted point at what they became. */
export function leads(
  random: Random,
  deals: readonly Opportunity[],
  campaigns: readonly Campaign[],
  count: number,
): { records: SeedRecord[]; list: Lead[] } {
  const taken = new Set<string>()
  const list: Lead[] = []
  const records: SeedRecord[] = []
  const origins = deals.filter(deal => deal.opened < -10 && deal.contact !== undefined)
  for (let number = 1; number <= count; number++) {
    const age = Math.floor(random.next() ** 1.5 * 300)
    const drawnStatus = statusOf(random, age)
    const origin = drawnStatus === 'converted' ? origins.splice(Math.floor(random.next() * origins.length), 1)[0] : undefined
    const firm = origin ? origin.customer.company : company(random, taken, random.chance(0.62))
    const human = origin
      ? (origin.customer.contacts.find(contact => contact.key === origin.contact)?.person ?? person(random, firm.isChinese))
      : person(random, firm.isChinese)
    const owner = origin ? origin.customer.owner : seller(random, firm.place.region)
    const received = origin ? origin.opened - random.whole(2, 20) : -age
    const lead: Lead = { key: keyOf('lead', number), name: human.name, isChinese: firm.isChinese, received, status: drawnStatus, owner }
    list.push(lead)
    records.push(withCampaign(leadRecord(random, lead, { firm, human, origin, number, campaigns }), campaigns, received, number))
  }
  return { records, list }
}

interface Background {
  readonly firm: ReturnType<typeof company>
  readonly human: ReturnType<typeof person>
  readonly origin: Opportunity | undefined
  readonly number: number
  readonly campaigns: readonly Campaign[]
}

const isWorked = (status: string): boolean => status === 'contacted' || status === 'qualified' || status === 'converted'
const isOpen = (status: string): boolean => ['new', 'assigned', 'contacted', 'qualified'].includes(status)

/** A pick among none is none. */
const refTo = (campaign: Campaign | undefined) => (campaign ? ref('campaign', campaign.key) : undefined)

function leadRecord(random: Random, lead: Lead, { firm, human, origin, number, campaigns }: Background): SeedRecord {
  const { status } = lead
  const grade = random.weighted(isWorked(status) ? { a: 35, b: 45, c: 20 } : { a: 12, b: 38, c: 50 })
  const source = random.weighted(sourceWeights)
  return record({
    $key: lead.key,
    name: lead.name,
    company: random.chance(0.93) ? (random.chance(0.3) ? firm.legalName : firm.name) : undefined,
    jobTitle: random.chance(0.6)
      ? random.pick(
          firm.isChinese
            ? ['采购经理', '设备主管', '厂长', '信息主管', '工程师']
            : ['Plant Manager', 'Buyer', 'IT Manager', 'Engineer', 'COO'],
        )
      : undefined,
    status,
    statusSince: since(Math.max(lead.received, isOpen(status) ? -((Math.abs(lead.received) * 17 + number * 5) % 24) : lead.received + 12)),
    grade: status === 'new' && random.chance(0.5) ? undefined : grade,
    score: random.whole(grade === 'a' ? 60 : grade === 'b' ? 35 : 5, grade === 'a' ? 98 : grade === 'b' ? 70 : 45),
    source,
    campaign:
      (source === 'exhibition' || source === 'ads' || source === 'website') && random.chance(0.7)
        ? refTo(random.pick(campaignsOf(campaigns, source, lead.received)))
        : undefined,
    mobile: isWorked(status) || random.chance(0.8) ? firm.place.mobile(40000 + number) : undefined,
    email: random.chance(0.65) ? `${human.latin}@${firm.domain}` : undefined,
    wechat: firm.isChinese && random.chance(0.35) ? `wx_${human.latin.replace('.', '_')}` : undefined,
    region: firm.place.region,
    city: random.chance(0.85) ? firm.place.city : undefined,
    industry: random.chance(0.75) ? firm.industry : undefined,
    employees: random.chance(0.4) ? random.whole(8, 2400) : undefined,
    revenueBand: random.chance(0.4) ? random.weighted({ small: 30, medium: 40, large: 22, huge: 8 }) : undefined,
    interests: random.chance(0.8)
      ? random.some(['gateway', 'sensor', 'platform', 'analytics', 'service', 'training'], random.whole(1, 3))
      : undefined,
    budget: random.chance(0.3) ? String(random.whole(2, 120) * 5000) : undefined,
    receivedAt: days(lead.received, officeTime(random.whole(8, 19), random.whole(0, 3))),
    firstContactAt: isWorked(status)
      ? days(Math.min(-1, lead.received + random.whole(0, 4)), officeTime(random.whole(9, 17), random.whole(0, 3)))
      : undefined,
    nextFollowUp: isOpen(status) && random.chance(0.7) ? days(random.whole(-9, 21)) : undefined,
    consent: random.chance(0.6),
    doNotContact: status === 'invalid' && random.chance(0.2),
    lostReason:
      status === 'invalid'
        ? random.weighted({ noReply: 34, noNeed: 24, noBudget: 16, wrongContact: 14, competitor: 8, duplicate: 4 })
        : undefined,
    customer: origin ? ref('customer', origin.customer.key) : undefined,
    contact: origin?.contact ? ref('contact', origin.contact) : undefined,
    opportunity: origin ? ref('opportunity', origin.key) : undefined,
    notes: random.chance(0.3) ? random.pick(firm.isChinese ? chineseNotes : foreignNotes) : undefined,
    // what was given back stands in the public pool until somebody claims it
    owner: lead.status === 'recycled' ? null : member(lead.owner),
  })
}
