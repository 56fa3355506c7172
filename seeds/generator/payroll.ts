import type { Random } from './random.js'
import { keyOf, money, month, monthText, record, ref, type SeedRecord } from './record.js'
import { type Pay, pays } from './staff.js'

/** Cumulative withholding: upper bound and quick deduction in whole yuan, rate in hundredths. */
const brackets: readonly (readonly [number, number, number])[] = [
  [36000, 3, 0],
  [144000, 10, 2520],
  [300000, 20, 16920],
  [420000, 25, 31920],
  [660000, 30, 52920],
  [960000, 35, 85920],
  [Number.POSITIVE_INFINITY, 45, 181920],
]

/** The share of an amount in ten-thousandths, in cents, half up. */
const share = (cents: number, tenThousandths: number): number => Math.floor((cents * tenThousandths + 5000) / 10000)

/** A month of a person; all amounts in cents. */
interface Slip {
  readonly pay: Pay
  readonly performance: number
  readonly commission: number
  readonly gross: number
  readonly pension: number
  readonly medical: number
  readonly unemployment: number
  readonly fund: number
  readonly tax: number
  readonly employer: number
  readonly cumulativeIncome: number
  readonly cumulativeTax: number
}

/** Tax due on everything of the year so far, in cents. */
function taxOf(taxable: number): number {
  if (taxable <= 0) return 0
  const bracket = brackets.find(([bound]) => taxable <= bound * 100)
  return bracket ? share(taxable, bracket[1] * 100) - bracket[2] * 100 : 0
}

/** The months of this year that a person has worked, the last one being month ten. */
function year(pay: Pay, random: Random): Slip[] {
  const slips: Slip[] = []
  const [pension, medical, unemployment] = [share(pay.base, 800), share(pay.base, 200), share(pay.base, 50)]
  const fund = Math.floor((share(pay.base, pay.fundRate * 100) + 50) / 100) * 100
  const employer = share(pay.base, 1600) + share(pay.base, 900) + share(pay.base, 50) + share(pay.base, 26) + fund
  let [income, relief, withheld] = [0, 0, 0]
  for (let count = 1; count <= pay.months; count++) {
    const performance = share(pay.performance, random.whole(80, 120) * 100)
    const commission = pay.isSeller ? random.whole(1500, 14000) * 100 : 0
    const gross = pay.salary + performance + pay.allowance + commission
    income += gross
    relief += 500000 + pension + medical + unemployment + fund + pay.special
    const tax = Math.max(0, taxOf(income - relief) - withheld)
    withheld += tax
    slips.push({
      pay,
      performance,
      commission,
      gross,
      pension,
      medical,
      unemployment,
      fund,
      tax,
      employer: gross + employer,
      cumulativeIncome: income,
      cumulativeTax: withheld,
    })
  }
  return slips
}

const statuses = ['closed', 'paid', 'inApproval'] as const

/** Three runs, one a month, and the payslips of everybody in each. */
export function payrolls(random: Random): { payroll: SeedRecord[]; payslip: SeedRecord[] } {
  const people = pays().map(pay => year(pay, random).slice(-3))
  const runs = statuses.map((status, index) => {
    const slips = people.flatMap(list => list[index] ?? [])
    return { key: keyOf('run', index + 1, 2), back: index - 3, status, slips }
  })
  return {
    payroll: runs.map(run => payrollRecord(run.key, run.back, run.status, run.slips)),
    payslip: runs.flatMap(run => run.slips.map(slip => payslipRecord(run.key, slip))),
  }
}

const sum = (slips: readonly Slip[], of: (slip: Slip) => number): number => slips.reduce((total, slip) => total + of(slip), 0)
const netOf = (slip: Slip): number => slip.gross - slip.pension - slip.medical - slip.unemployment - slip.fund - slip.tax

const payrollRecord = (key: string, back: number, status: string, slips: readonly Slip[]): SeedRecord =>
  record({
    $key: key,
    name: monthText(back, '{YYYY}-{MM} 月度工资 Payroll'),
    period: month(back),
    kind: 'regular',
    status,
    payOn: month(back + 1, 10),
    headcount: slips.length,
    gross: money(sum(slips, slip => slip.gross)),
    net: money(sum(slips, netOf)),
    employerCost: money(sum(slips, slip => slip.employer)),
  })

const payslipRecord = (run: string, slip: Slip): SeedRecord =>
  record({
    $key: `${run}-${slip.pay.key}`,
    payroll: ref('payroll', run),
    employee: ref('employee', slip.pay.key),
    workDays: '21',
    gross: money(slip.gross),
    socialInsurance: money(slip.pension + slip.medical + slip.unemployment),
    housingFund: money(slip.fund),
    tax: money(slip.tax),
    employerCost: money(slip.employer),
    cumulativeIncome: money(slip.cumulativeIncome),
    cumulativeTax: money(slip.cumulativeTax),
    lines: linesOf(slip),
  })

function linesOf(slip: Slip): SeedRecord[] {
  const { pay } = slip
  const earnings: [string, number][] = [
    ['baseSalary', pay.salary],
    ['performance', slip.performance],
    ['allowance', pay.allowance],
    ['commission', slip.commission],
  ]
  const deductions: [string, number, number][] = [
    ['pension', slip.pension, 800],
    ['medical', slip.medical, 200],
    ['unemployment', slip.unemployment, 50],
    ['housingFund', slip.fund, pay.fundRate * 100],
  ]
  const rate = (tenThousandths: number): string => String(tenThousandths / 10000)
  const lines = [
    ...earnings.filter(([, cents]) => cents > 0).map(([component, cents]) => ({ component, kind: 'earning', amount: money(cents) })),
    ...deductions.map(([component, cents, part]) => ({
      component,
      kind: 'deduction',
      base: money(pay.base),
      rate: rate(part),
      amount: money(cents),
    })),
    { component: 'incomeTax', kind: 'deduction', amount: money(slip.tax) },
  ]
  return lines.map((line, index) => record({ position: index + 1, ...line }))
}
