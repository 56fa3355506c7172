import { lazy, Suspense } from 'react'
import type { SheetProps } from './sheet-drawer.js'

const SheetDrawer = lazy(() => import('./sheet-drawer.js'))

/** A drawer on a desk, a sheet from below on a phone; its code comes with the first one. */
export const Sheet = (props: SheetProps) => <Suspense fallback={null}>{props.open && <SheetDrawer {...props} />}</Suspense>
