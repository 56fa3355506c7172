import { useSyncExternalStore } from 'react'

/** A question before something that cannot be undone or touches many: the title asks, the button repeats the verb. */
export interface Question {
  title: string
  body?: string
  verb: string
  danger?: boolean
}

/** A question that waits for its answer. */
export interface Asked extends Question {
  answer: (yes: boolean) => void
}

let current: Asked | undefined
const listeners = new Set<() => void>()

function show(question: Asked | undefined): void {
  current = question
  for (const listener of listeners) listener()
}

/** Asks and waits; resolves to false when the question is closed without a yes. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise(resolve => {
    current?.answer(false)
    const answer = (yes: boolean) => {
      show(undefined)
      resolve(yes)
    }
    show({ ...question, answer })
  })

/** The question to draw now. */
export const useQuestion = (): Asked | undefined =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => current,
  )
