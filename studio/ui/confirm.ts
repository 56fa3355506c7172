import { type ComponentType, useSyncExternalStore } from 'react'

/** A question before something that cannot be undone or touches many: the title asks, the button repeats the verb. */
export interface Question {
  title: string
  body?: string
  verb: string
  danger?: boolean
}

/** Lets a value be chosen that the answer needs; null is none yet. */
export interface ChoiceProps {
  value: string | null
  onChange: (value: string | null) => void
}

/** A question that waits for its answer: whether to go on, and with which value where one is to be chosen. */
export interface Asked extends Question {
  Choice?: ComponentType<ChoiceProps>
  answer: (yes: boolean, value: string | null) => void
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
    current?.answer(false, null)
    const answer = (yes: boolean) => {
      show(undefined)
      resolve(yes)
    }
    show({ ...question, answer })
  })

/** Asks for a value and waits; resolves to null when the question is closed without one. */
export const choose = (question: Question & { Choice: ComponentType<ChoiceProps> }): Promise<string | null> =>
  new Promise(resolve => {
    current?.answer(false, null)
    const answer = (yes: boolean, value: string | null) => {
      show(undefined)
      resolve(yes ? value : null)
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
