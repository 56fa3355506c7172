import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { activities } from './generator/activities.js'
import { campaignRecords, campaignTasks, drawCampaigns } from './generator/campaigns.js'
import { categories, products } from './generator/catalogue.js'
import { competitorRecords } from './generator/competitors.js'
import { contacts, customerRecords, drawCustomers } from './generator/customers.js'
import { groups } from './generator/groups.js'
import { leads } from './generator/leads.js'
import { opportunities } from './generator/opportunities.js'
import { orders, payments } from './generator/orders.js'
import { payrolls } from './generator/payroll.js'
import { Random } from './generator/random.js'
import { rates } from './generator/rates.js'
import type { SeedRecord, Seeds } from './generator/record.js'
import { employees, members } from './generator/staff.js'

/** Everything is drawn from this number; with another one the demo tells another story of the same shape. */
const seed = 20_261_122

/** The demo records of every object, in an order in which each refers to earlier ones only. */
export function generate(): Seeds {
  const random = (part: number) => new Random(seed + part)
  const catalogue = products()
  const customers = drawCustomers(random(1), 300)
  const contact = contacts(random(2), customers, 500)
  const campaigns = drawCampaigns()
  const deals = opportunities(random(3), customers, catalogue.list, campaigns, 600)
  const order = orders(random(4), customers, deals.list, catalogue.list, 500)
  const lead = leads(random(5), deals.list, campaigns, 400)
  return {
    employee: employees(),
    productCategory: categories(),
    product: catalogue.records,
    customer: customerRecords(random(6), customers),
    contact,
    campaign: campaignRecords(campaigns),
    competitor: competitorRecords(),
    opportunity: deals.records,
    lead: lead.records,
    order: order.records,
    payment: payments(random(7), order.list, 450),
    ...payrolls(random(8)),
    activity: [
      ...activities(random(9), { customers, leads: lead.list, deals: deals.list, orders: order.list }, 2000),
      ...campaignTasks(campaigns),
    ],
  }
}

const oneALine = (records: readonly unknown[]): string => `[\n${records.map(record => JSON.stringify(record)).join(',\n')}\n]\n`
const kebab = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

function ratesFile(): string {
  const { base, rates: dated } = rates(new Random(seed + 10))
  return `{\n"base": ${JSON.stringify(base)},\n"rates": ${oneALine(dated).trimEnd()}\n}\n`
}

/** The files of this folder by name, with their whole text. */
export function seedFiles(): Readonly<Record<string, string>> {
  const seeds: [string, readonly SeedRecord[]][] = Object.entries(generate())
  return {
    'manifest.json': `${JSON.stringify({ members: 'members.json', groups: 'groups.json', rates: 'rates.json', objects: seeds.map(([object]) => ({ object, file: `${kebab(object)}.json` })) }, null, 2)}\n`,
    'members.json': oneALine(members),
    'groups.json': oneALine(groups),
    'rates.json': ratesFile(),
    ...Object.fromEntries(seeds.map(([object, records]) => [`${kebab(object)}.json`, oneALine(records)])),
  }
}

const folder = fileURLToPath(new URL('.', import.meta.url))
if (process.argv[1] === join(folder, 'generate.ts')) {
  for (const [name, text] of Object.entries(seedFiles())) writeFileSync(join(folder, name), text)
}
