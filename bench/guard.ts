import { readFileSync } from 'node:fs'
import { compare } from './compare.js'
import { type Effort, type Measured, median } from './measure.js'
import { operations } from './operations.js'
import { say } from './report.js'
import type { Servers } from './servers.js'

/** How far an operation must not fall, as CPU of the limit by CPU of the product. */
interface Floor {
  /** What is to be reached. */
  readonly goal: number
  /** Below it the guard fails: the goal, or where that is not reached yet, a little below what is. */
  readonly holds: number
}

const floors = JSON.parse(readFileSync(new URL('floors.json', import.meta.url), 'utf8')) as Readonly<Record<string, Floor>>
const effort: Effort = { seconds: 0.5, rounds: 5, connections: 8 }

/**
 * Measures short and by CPU alone, never by time, so that a busy machine changes little, and compares with `floors.json`.
 * What is below its floor is measured once more before it counts.
 * @returns whether everything holds
 */
export async function guard(servers: Servers): Promise<boolean> {
  const low: string[] = []
  for (const operation of operations.filter(({ name }) => Object.hasOwn(floors, name))) {
    const floor = floors[operation.name] as Floor
    const compared = { ...operation, compared: Math.min(2, operation.compared) }
    let measured = await compare(compared, servers, effort)
    if (measured.cpuRatio < floor.holds) measured = await compare(compared, servers, effort)
    if (!(measured.cpuRatio >= floor.holds)) low.push(operation.name)
    say(lineOf(measured, floor))
  }
  if (low.length > 0) say(`Below their floor in bench/floors.json: ${low.join(', ')}`)
  return low.length === 0
}

function lineOf({ operation, cpuRatio, rounds }: Measured, { goal, holds }: Floor): string {
  const cpu = (side: 'product' | 'limit') => median(rounds.map(round => round[side].server + round[side].postgres)).toFixed(2)
  const reached = cpuRatio >= goal ? 'reached' : 'not reached yet'
  return `${operation} cpu ${cpuRatio.toFixed(2)}  holds ${holds}, goal ${goal} ${reached} · limit ${cpu('limit')} ms, product ${cpu('product')} ms of CPU a request, server and PostgreSQL`
}
