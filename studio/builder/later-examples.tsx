import { type ComponentProps, lazy, Suspense } from 'react'

const Loaded = lazy(() => import('./examples-input.js'))

/** The examples of a rule; their code comes when the first ones are shown. */
export const ExamplesInput = (props: ComponentProps<typeof Loaded>) => (
  <Suspense fallback={null}>
    <Loaded {...props} />
  </Suspense>
)
