import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { Merge } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { recordPath } from '../../api/addresses.js'
import { useApp } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { may } from '../../api/rights.js'
import { useUnmerge } from './merging.js'

/** How somebody came to the page of a record: by the address of one that was merged into it. */
export interface Led {
  readonly mergedFrom: string
}

const ledBy = (state: unknown): string | null =>
  typeof state === 'object' && state !== null && 'mergedFrom' in state && typeof state.mergedFrom === 'string' ? state.mergedFrom : null

/** Says that the record that was asked for went into this one, with the way back. */
export function MergedNote({ object }: { object: ObjectModel }) {
  const { t } = useTranslation()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const from = ledBy(useLocation().state)
  const unmerge = useUnmerge(object)
  if (from === null) return null
  const undo = async () => {
    if (await unmerge(from)) void navigate(recordPath(name, object.name, from), { replace: true })
  }
  return (
    <p className="recalculating" role="status">
      <Merge size={13} aria-hidden />
      {t('merge.led')}
      {may(app, object, 'update') && may(app, object, 'restore') && may(app, object, 'merge') && (
        <Button type="link" size="small" onClick={() => void undo()}>
          {t('merge.undo')}
        </Button>
      )}
    </p>
  )
}
