import { useEffect, useRef, useState } from 'react'
import { ask } from '../api/client.js'

/** The records that break a rule, or why they cannot be looked for. */
export interface RuleBreak {
  readonly rule: string
  readonly message: string
  readonly severity: 'error' | 'warning'
  readonly unchecked: 'event' | 'notSql' | 'change' | 'hidden' | null
  readonly count: number
}

/** How far looking has come. */
export interface Look {
  readonly state: 'idle' | 'looking' | 'stopped' | 'done' | 'failed'
  readonly looked: number
  readonly rules: readonly RuleBreak[]
  readonly error: Error | null
}

interface Page {
  readonly looked: number
  readonly next: string | null
  readonly rules: readonly RuleBreak[]
}

const query = `query RuleBreaks($object: String!, $after: ID) {
  ruleBreaks(object: $object, after: $after) { looked next rules { rule message severity unchecked count } }
}`

const idle: Look = { state: 'idle', looked: 0, rules: [], error: null }

/** Looks through the records of an object for those that break a rule, page by page, until all are looked at or somebody stops it. */
export function useRuleBreaks(object: string): { look: Look; start: () => void; stop: () => void } {
  const [look, setLook] = useState<Look>(idle)
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const start = () => {
    running.current?.abort()
    const run = new AbortController()
    running.current = run
    setLook({ ...idle, state: 'looking' })
    void lookThrough(object, run.signal, page => setLook(before => added(before, page))).catch((error: unknown) => {
      if (!run.signal.aborted)
        setLook(before => ({ ...before, state: 'failed', error: error instanceof Error ? error : new Error(String(error)) }))
    })
  }
  const stop = () => {
    running.current?.abort()
    setLook(before => ({ ...before, state: 'stopped' }))
  }
  return { look, start, stop }
}

async function lookThrough(object: string, signal: AbortSignal, onPage: (page: Page) => void): Promise<void> {
  let after: string | null = null
  do {
    const { ruleBreaks: page }: { ruleBreaks: Page } = await ask('/platform', query, { object, after }, signal)
    if (signal.aborted) return
    onPage(page)
    after = page.next
  } while (after !== null)
}

const added = (before: Look, page: Page): Look => ({
  ...before,
  state: page.next === null ? 'done' : 'looking',
  looked: before.looked + page.looked,
  rules: page.rules.map((rule, at) => ({
    ...rule,
    count: rule.count + (before.rules[at]?.rule === rule.rule ? before.rules[at].count : 0),
  })),
})
