import { quiet } from './cpu.js'
import { leftBehind } from './left-behind.js'
import { send, type Target } from './load.js'
import type { Operation } from './operations.js'
import { type Servers, schema } from './servers.js'

/** Numbers of requests that no round draws. */
const first = 900_000

/** The product and the limit as an operation asks them. */
export interface Both {
  readonly product: Target
  readonly limit: Target
}

/**
 * Asks both the same and compares the answers, but for what differs by nature, and after writes all that they left behind.
 * Throws with both where they differ.
 */
export async function checkEqual(operation: Operation, both: Both, servers: Servers): Promise<void> {
  for (let n = first; n < first + operation.compared; n++)
    await (operation.writes
      ? checkWrite(operation, both, servers, n)
      : checkAnswer(operation, await send(both.product, n), await send(both.limit, n)))
}

const plain = (operation: Operation, answer: string): string =>
  JSON.stringify(JSON.parse(answer), (key, value: unknown) => (operation.volatile.includes(key) ? undefined : value))

function checkAnswer(operation: Operation, product: string, limit: string): void {
  same(`${operation.name}: the answers differ`, plain(operation, product), plain(operation, limit))
}

async function checkWrite(operation: Operation, { product, limit }: Both, servers: Servers, n: number): Promise<void> {
  const { id, data } = operation.variables(n, servers.known) as { id?: string; data: { customerId?: string } | { customerId?: string }[] }
  const customers = [data].flat().flatMap(({ customerId }) => customerId ?? [])
  const touched = { opportunity: id ? [id] : [], customer: [...new Set(customers)] }
  const answers: string[] = []
  const write = async (target: Target) => {
    const left = await leftBehind(servers.client, schema, touched, async () => answers.push(await send(target, n)))
    await quiet(servers.pids.product)
    return left
  }
  const left = await write(product)
  await left.undo()
  const right = await write(limit)
  checkAnswer(operation, answers[0] ?? '', answers[1] ?? '')
  same(`${operation.name}: what they left behind differs`, left.text, right.text)
}

/** Throws with the first lines that differ. */
function same(what: string, product: string, limit: string): void {
  if (product === limit) return
  const [left, right] = [product.split('\n'), limit.split('\n')]
  const at = left.findIndex((line, n) => line !== right[n])
  throw new Error(`${what}\nproduct ${left[at]?.slice(0, 4000)}\nlimit   ${right[at]?.slice(0, 4000)}`)
}
