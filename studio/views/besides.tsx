import { lazy, Suspense } from 'react'
import { useBesides } from '../fields/create-beside.js'

const QuickCreate = lazy(() => import('./quick-create.js'))

/** The quick create forms that stand over the page, one above the other. */
export function Besides() {
  const besides = useBesides()
  return (
    <Suspense fallback={null}>
      {besides.map(beside => (
        <QuickCreate key={beside.key} beside={beside} />
      ))}
    </Suspense>
  )
}
