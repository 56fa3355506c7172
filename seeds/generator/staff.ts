import type { Random } from './random.js'
import { days, member, record, ref, type SeedRecord } from './record.js'

/** A member of the demo workspace. */
export interface DemoMember {
  readonly email: string
  readonly name: string
  readonly roles: readonly string[]
  readonly locale: 'en' | 'zh-CN'
}

export const members: readonly DemoMember[] = [
  { email: 'admin@demo.test', name: '林悦', roles: ['admin'], locale: 'zh-CN' },
  { email: 'manager@demo.test', name: '陈思远', roles: ['salesManager', 'employee'], locale: 'zh-CN' },
  { email: 'rep.east@demo.test', name: '李婉清', roles: ['salesRep', 'employee'], locale: 'zh-CN' },
  { email: 'rep.west@demo.test', name: 'Amelia Novak', roles: ['salesRep', 'employee'], locale: 'en' },
  { email: 'finance@demo.test', name: '周立', roles: ['finance', 'employee'], locale: 'zh-CN' },
  { email: 'hr@demo.test', name: 'Sofia Lindgren', roles: ['hr'], locale: 'en' },
  { email: 'agent@demo.test', name: '欧阳静', roles: ['agent', 'employee'], locale: 'zh-CN' },
  { email: 'employee@demo.test', name: 'Daniel Okafor', roles: ['employee'], locale: 'en' },
]

/** Who sells: the two representatives mostly, by region, and their manager. */
export function seller(random: Random, region: string): string {
  if (random.chance(0.12)) return 'manager@demo.test'
  const eastern: Readonly<Record<string, number>> = { east: 0.95, north: 0.9, south: 0.9, west: 0.4 }
  return random.chance(eastern[region] ?? 0.05) ? 'rep.east@demo.test' : 'rep.west@demo.test'
}

/** What payroll needs to know of a person; amounts in cents. */
export interface Pay {
  readonly key: string
  readonly salary: number
  readonly performance: number
  readonly allowance: number
  readonly base: number
  readonly fundRate: number
  readonly special: number
  readonly isSeller: boolean
  /** Months since hiring, at most those of the year so far. */
  readonly months: number
}

/** key | name | e-mail | department | position | manager | office | hired days ago | salary | performance | special deductions | fund % | status */
const table = `
emp-01|林悦|admin@demo.test|management|运营总监|-|上海|2380|46000|9000|4000|7|active
emp-02|陈思远|manager@demo.test|sales|销售总监|emp-01|上海|1960|34000|8000|5000|7|active
emp-03|李婉清|rep.east@demo.test|sales|大客户经理|emp-02|上海|1240|15000|3000|2000|7|active
emp-04|Amelia Novak|rep.west@demo.test|sales|Account Executive|emp-02|Chengdu|980|16000|3000|1500|7|active
emp-05|周立|finance@demo.test|finance|财务经理|emp-01|上海|1710|22000|4000|3000|7|active
emp-06|Sofia Lindgren|hr@demo.test|hr|People Partner|emp-01|Shanghai|820|20000|3500|1500|7|active
emp-07|欧阳静|agent@demo.test|service|客服主管|emp-01|成都|1120|13000|2500|2000|6|active
emp-08|萧晓峰|-|product|研发总监|emp-01|上海|2210|42000|10000|5000|7|active
emp-09|Daniel Okafor|employee@demo.test|product|Firmware Engineer|emp-08|Shanghai|460|24000|4000|1500|7|active
emp-10|诸葛明辉|-|operations|实施顾问|emp-07|成都|640|17000|3000|3000|6|active
emp-11|许诗琪|-|service|客服专员|emp-07|成都|210|8500|1200|0|5|probation
emp-12|Anneliese Vandenberg|-|product|Solution Architect|emp-08|Shanghai|1450|36000|6000|1000|7|leave`

interface Row {
  readonly key: string
  readonly cells: readonly string[]
}

const rows: readonly Row[] = table
  .trim()
  .split('\n')
  .map(line => ({ key: line.split('|')[0] ?? '', cells: line.split('|') }))

const cell = (row: Row, index: number): string => row.cells[index] ?? ''
const amount = (row: Row, index: number): number => Number(cell(row, index))

/** The base of insurances is the wage, within the limits of the city, in whole yuan. */
const baseOf = (row: Row): number => Math.min(Math.max(amount(row, 8) + amount(row, 9), 7546), 37731)

/** The people who work here. */
export const employees = (): SeedRecord[] =>
  rows.map((row, index) =>
    record({
      $key: row.key,
      name: cell(row, 1),
      member: cell(row, 2) === '-' ? undefined : member(cell(row, 2)),
      department: cell(row, 3),
      position: cell(row, 4),
      manager: cell(row, 5) === '-' ? undefined : ref('employee', cell(row, 5)),
      office: cell(row, 6),
      status: cell(row, 12),
      hiredOn: days(-amount(row, 7)),
      email: cell(row, 2) === '-' ? `${row.key.replace('-', '')}@tessera.example` : cell(row, 2),
      mobile: `16900088${String(index + 101)}`,
      insuranceCity: '上海',
      baseSalary: cell(row, 8),
      insuranceBase: String(baseOf(row)),
      fundBase: String(baseOf(row)),
      fundRate: `0.0${cell(row, 11)}`,
      specialDeduction: cell(row, 10),
      taxResident: true,
    }),
  )

/** What payroll needs, person by person. */
export const pays = (): Pay[] =>
  rows.map(row => ({
    key: row.key,
    salary: amount(row, 8) * 100,
    performance: amount(row, 9) * 100,
    allowance: 60000,
    base: baseOf(row) * 100,
    fundRate: amount(row, 11),
    special: amount(row, 10) * 100,
    isSeller: cell(row, 3) === 'sales',
    months: Math.min(10, Math.floor(amount(row, 7) / 30) - 1),
  }))
