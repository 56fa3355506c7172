import { type ComponentType, lazy, useState } from 'react'

type Inputs = typeof import('./inputs.js')

let kept: Inputs | undefined

/** Keeps the plain inputs that a page brought along, so that its fields are drawn with the page and not after it. */
export function keepInputs(inputs: Inputs): void {
  kept = inputs
}

/** Brings the plain inputs, so that the first one that is opened is there at once. */
export const loadInputs = async (): Promise<Inputs> => {
  kept ??= await import('./inputs.js')
  return kept
}

/** One of the plain inputs: drawn at once when they are here, else when they have come. */
export function plainInput<Props extends object>(pick: (inputs: Inputs) => ComponentType<Props>): ComponentType<Props> {
  const Later = lazy(async () => ({ default: pick(await loadInputs()) })) as unknown as ComponentType<Props>
  return function PlainInput(props: Props) {
    const [Drawn] = useState(() => (kept ? pick(kept) : Later))
    return <Drawn {...props} />
  }
}
