import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Popover } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../api/app.js'
import { type SavedView, useRemoveView, useSavedViews, useSaveView } from '../../api/saved-views.js'
import { confirm } from '../../ui/confirm.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'
import { readColumnChoice } from './columns.js'
import type { ListState } from './list-state.js'

const ViewForm = lazy(() => import('./view-form.js').then(module => ({ default: module.ViewForm })))

interface SaveViewProps {
  object: ObjectModel
  state: ListState
}

/** Keeps what was changed as a view of one's own, changes or removes one, or takes the changes back. */
export function SaveView({ object, state }: SaveViewProps) {
  const { t } = useTranslation()
  const { member } = useApp()
  const saved = useSavedViews(object.name).find(each => each.id === state.saved)
  const [isOpen, setOpen] = useState(false)
  const own = saved && (saved.isMine || (saved.isShared && member.admin)) ? saved : undefined
  const columns = readColumnChoice(object.name, state.columnsName).fields
  if (!state.isChanged && !saved && !columns) return null
  return (
    <>
      <Popover
        content={
          <Suspense fallback={null}>
            <ViewForm object={object} state={state} view={own} onDone={() => setOpen(false)} />
          </Suspense>
        }
        open={isOpen}
        onOpenChange={setOpen}
        trigger="click"
        placement="bottomLeft"
        arrow={false}
        destroyOnHidden
      >
        <Button type="link" size="small">
          {own ? t('list.changeView') : t('list.saveView')}
        </Button>
      </Popover>
      {own ? (
        <RemoveView object={object} state={state} view={own} />
      ) : (
        state.isChanged && (
          <Button
            type="text"
            size="small"
            onClick={() => state.change({ conditions: [], sorting: undefined, search: '', counted: undefined })}
          >
            {t('list.reset')}
          </Button>
        )
      )}
    </>
  )
}

function RemoveView({ object, state, view }: SaveViewProps & { view: SavedView }) {
  const { t } = useTranslation()
  const removeView = useRemoveView(object.name)
  const saveView = useSaveView(object.name)
  const remove = async () => {
    if (
      view.isShared &&
      !(await confirm({
        title: t('list.removeShared', { name: view.name }),
        body: t('list.removeSharedBody'),
        verb: t('list.removeView'),
        danger: true,
      }))
    )
      return
    try {
      await removeView.mutateAsync(view.id)
      state.change({ view: state.viewName })
      const { id: _, isMine: _mine, owner: _owner, ...again } = view
      toast(t('list.viewRemoved', { name: view.name }), { undo: { label: t('undo'), run: () => saveView.mutate(again) } })
    } catch (error) {
      toastFailure(failureText(error, t))
    }
  }
  return (
    <Button type="text" size="small" onClick={() => void remove()}>
      {t('list.removeView')}
    </Button>
  )
}
