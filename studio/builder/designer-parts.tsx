import { type ReactNode, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { Skeleton } from '../ui/small.js'
import { TabSet } from '../ui/tab-set.js'
import { JsonEditor } from './json-editor.js'
import { useLayoutTexts } from './layout-texts.js'

interface DesignerPartsProps {
  /** The definition that is designed. */
  path: string
  /** What the tabs are of, for screen readers. */
  label: string
  children: ReactNode
}

/** A designer with the JSON of its definition beside it. */
export function DesignerParts({ path, label, children }: DesignerPartsProps) {
  const { t } = useLayoutTexts()
  const [params, setParams] = useSearchParams()
  const tab = params.get('tab') === 'json' ? 'json' : 'design'
  const tabs = [
    { key: 'design', label: t('layout.design') },
    { key: 'json', label: 'JSON' },
  ]
  return (
    <>
      <div className="studio-tabs">
        <TabSet
          tabs={tabs}
          active={tab}
          label={label}
          panelId="design-part"
          onChange={key => setParams(key === 'design' ? {} : { tab: key }, { replace: true })}
        />
      </div>
      <div className="layout-part" id="design-part" role="tabpanel" aria-label={tabs.find(each => each.key === tab)?.label}>
        <Suspense fallback={<Skeleton />}>{tab === 'json' ? <JsonEditor path={path} /> : children}</Suspense>
      </div>
    </>
  )
}
