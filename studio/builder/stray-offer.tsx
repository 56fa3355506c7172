import { type ComponentProps, lazy, Suspense } from 'react'

const entries = () => import('./stray-entries.js')
const One = lazy(() => entries().then(({ RemoveStray }) => ({ default: RemoveStray })))
const All = lazy(() => entries().then(({ RemoveAllStrays }) => ({ default: RemoveAllStrays })))

/** Offers to take out the entry that a problem stands at; it comes when there are problems. */
export const OfferRemoval = (props: ComponentProps<typeof One>) => (
  <Suspense fallback={null}>
    <One {...props} />
  </Suspense>
)

/** Offers to take out all such entries. */
export const OfferAllRemovals = () => (
  <Suspense fallback={null}>
    <All />
  </Suspense>
)
