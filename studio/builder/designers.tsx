import { lookup } from '@tessera/platform/registry.js'
import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode, Suspense } from 'react'
import { worded } from '../ui/language.js'
import { usePhone } from '../ui/media.js'
import { Skeleton } from '../ui/small.js'

type Designing = LazyExoticComponent<ComponentType<{ name: string }>>

const designers: Readonly<Record<string, Designing>> = {
  optionSet: lazy(worded(() => import('./option-set-parts.js'))),
  view: lazy(worded(() => import('./view-designer.js'))),
  app: lazy(worded(() => import('./theme-designer.js'))),
  navigation: lazy(worded(() => import('./navigation-designer.js'))),
  page: lazy(worded(() => import('./page-designer.js'))),
}

const adders: Readonly<Record<string, LazyExoticComponent<ComponentType>>> = {
  optionSet: lazy(worded(() => import('./add-option-set.js'))),
  form: lazy(worded(() => import('./form-add.js').then(({ AddForm }) => ({ default: AddForm })))),
  view: lazy(worded(() => import('./add-view.js'))),
  navigation: lazy(worded(() => import('./add-navigation.js'))),
  page: lazy(worded(() => import('./add-page.js'))),
}

interface DesignerProps {
  kind: string
  name: string
  /** What stands there for a kind without a designer. */
  otherwise: ReactNode
}

/** The designer of a definition; each comes when it is first opened. */
export function Designer({ kind, name, otherwise }: DesignerProps) {
  const Design = lookup(designers, kind)
  return Design ? (
    <Suspense fallback={<Skeleton />}>
      <Design name={name} />
    </Suspense>
  ) : (
    otherwise
  )
}

/** The place to add a definition of a kind, where there is room for its designer. */
export function AddDefinition({ kind }: { kind: string }) {
  const Add = lookup(adders, kind)
  const isPhone = usePhone()
  return Add && !isPhone ? (
    <Suspense fallback={null}>
      <Add />
    </Suspense>
  ) : null
}
