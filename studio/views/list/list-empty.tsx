import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { importPath } from '../../api/addresses.js'
import { useApp, useLabel } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import { ApiError } from '../../api/client.js'
import { may } from '../../api/rights.js'
import { createBeside } from '../../fields/create-beside.js'
import { EmptyState } from '../../ui/small.js'
import { failureText } from '../failure.js'
import type { ListState } from './list-state.js'

/** What a list says when it has no records: why, and the next step. */
export function ListEmpty({ object, state }: { object: ObjectModel; state: ListState }) {
  const { t } = useTranslation()
  const label = useLabel()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const count = state.conditions.length + (state.search === '' ? 0 : 1) + (state.counted ? 1 : 0)
  const plural = label(object.pluralLabel)
  if (state.search !== '' && count === 1)
    return (
      <EmptyState title={t('empty.searched', { text: state.search })}>
        <Button onClick={() => state.change({ search: '' })}>{t('empty.clearSearch')}</Button>
      </EmptyState>
    )
  if (count > 0)
    return (
      <EmptyState title={t('empty.filtered', { count })}>
        <Button onClick={() => state.change({ conditions: [], search: '', counted: undefined })}>{t('empty.clear')}</Button>
      </EmptyState>
    )
  if (!may(app, object, 'read')) return <EmptyState title={t('empty.noAccess')} text={t('empty.noAccessHint', { name: plural })} />
  const canCreate = may(app, object, 'create') && object.detail === null
  return (
    <EmptyState
      title={t('empty.none', { name: plural })}
      text={label(object.definition.description) || (canCreate ? t('empty.noneHint') : undefined)}
    >
      {canCreate && (
        <>
          <Button onClick={() => void createBeside(object, '')}>{t('newObject', { name: label(object.label) })}</Button>
          {may(app, object, 'import') && <Button onClick={() => navigate(importPath(name, object.name))}>{t('import')}</Button>}
        </>
      )}
    </EmptyState>
  )
}

/** What a page says when its records could not be read. */
export function ListFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation()
  const isForbidden = error instanceof ApiError && error.code === 'FORBIDDEN'
  return (
    <EmptyState title={isForbidden ? t('empty.noAccess') : t('error.notLoaded')} text={failureText(error, t)}>
      {!isForbidden && <Button onClick={onRetry}>{t('retry')}</Button>}
    </EmptyState>
  )
}

/** What stands below the last row of a list that has more records than a page can scroll through. */
export function ListCut({ count }: { count: number }) {
  const { t } = useTranslation()
  return <p className="list-cut">{t('list.cut', { count })}</p>
}
