import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Checkbox, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type SavedView, useSaveView } from '../../api/saved-views.js'
import { toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'
import { readColumnChoice } from './columns.js'
import type { ListState } from './list-state.js'

interface ViewFormProps {
  object: ObjectModel
  state: ListState
  view: SavedView | undefined
  onDone: () => void
}

/** What the address says of the list, without what belongs to this moment only. */
function queryOfList(): string {
  const params = new URLSearchParams(location.search)
  for (const key of ['mine', 'as', 'q']) params.delete(key)
  return params.toString()
}

/** Names a view and says whether it is for everyone. */
export function ViewForm({ object, state, view, onDone }: ViewFormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const saveView = useSaveView(object.name)
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(view?.isShared ?? false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return
    const query = queryOfList()
    const columns = readColumnChoice(object.name, state.columnsName).fields ?? view?.columns ?? null
    try {
      const saved = await saveView.mutateAsync({ name: name.trim(), query, columns, isShared, ...(view ? { id: view.id } : {}) })
      onDone()
      void navigate(`?${query}&mine=${saved.id}`, { replace: true })
    } catch (error) {
      toastFailure(failureText(error, t))
    }
  }
  return (
    <form className="save-view" onSubmit={event => void submit(event)}>
      <Input
        value={name}
        onChange={event => setName(event.target.value)}
        placeholder={t('list.viewName')}
        aria-label={t('list.viewName')}
        maxLength={80}
        autoFocus
      />
      <Checkbox checked={isShared} onChange={event => setShared(event.target.checked)}>
        {t('list.shareView')}
      </Checkbox>
      <Button type="primary" htmlType="submit" loading={saveView.isPending}>
        {t('save')}
      </Button>
    </form>
  )
}
