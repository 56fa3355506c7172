import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { Download, Kanban, LayoutList, Plus, Upload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate } from 'react-router'
import { importPath, newPath } from '../../api/addresses.js'
import { useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { may } from '../../api/rights.js'
import { createBeside } from '../../fields/create-beside.js'
import { iconOf } from '../../ui/icons.js'
import { useShortcuts } from '../../ui/keys.js'
import { usePhone } from '../../ui/media.js'
import { Menu } from '../../ui/menu.js'
import { PageHead } from '../../ui/page-head.js'
import { Kbd } from '../../ui/small.js'
import { useListExport } from './export-list.js'
import type { ListState } from './list-state.js'

interface ListHeadProps {
  object: ObjectModel
  state: ListState
  hasBoard: boolean
}

/** Where one is, the shape of the view, and the one main action: a new record. */
export function ListHead({ object, state, hasBoard }: ListHeadProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const isPhone = usePhone()
  const create = () => (isPhone ? void navigate(newPath(name, object.name)) : void createBeside(object, ''))
  const canCreate = may(app, object, 'create') && object.detail === null
  const newText = t('newObject', { name: label(object.label) })
  useShortcuts(canCreate ? [{ keys: 'n', label: newText, run: create }] : [])
  return (
    <PageHead title={label(object.pluralLabel)} icon={iconOf(object.icon)}>
      {hasBoard && <ShapeSwitch state={state} isPhone={isPhone} />}
      {!isPhone && may(app, object, 'export') && <ExportButton object={object} state={state} />}
      {canCreate && !isPhone && (
        <>
          {may(app, object, 'import') && (
            <Button icon={<Upload size={15} />} onClick={() => navigate(importPath(name, object.name))}>
              {t('import')}
            </Button>
          )}
          <Button type="primary" icon={<Plus size={16} />} onClick={create}>
            {newText} <Kbd keys="n" />
          </Button>
        </>
      )}
    </PageHead>
  )
}

/** The list as a file, in the form that is chosen. */
function ExportButton({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useTranslation()
  const run = useListExport(object, state)
  const entries = (['xlsx', 'csv'] as const).map(format => ({ key: format, label: t(`export.${format}`), run: () => void run(format) }))
  return (
    <Menu label={t('export')} groups={[{ key: 'formats', entries }]} placement="bottomRight">
      <Button icon={<Download size={15} />}>{t('export')}</Button>
    </Menu>
  )
}

function ShapeSwitch({ state, isPhone }: { state: ListState; isPhone: boolean }) {
  const { t } = useTranslation()
  const { search } = useLocation()
  const to = (shape: 'list' | 'board') => {
    const params = new URLSearchParams(search)
    if (shape === 'board') params.set('as', 'board')
    else params.delete('as')
    return `?${params}`
  }
  return (
    <nav className="view-switch" aria-label={t('list.shape')}>
      {(
        [
          ['list', LayoutList],
          ['board', Kanban],
        ] as const
      ).map(([shape, Icon]) => (
        <Link
          key={shape}
          to={to(shape)}
          aria-current={state.shape === shape ? 'page' : undefined}
          aria-label={isPhone ? t(`list.${shape}`) : undefined}
        >
          <Icon size={15} aria-hidden /> {!isPhone && t(`list.${shape}`)}
        </Link>
      ))}
    </nav>
  )
}
