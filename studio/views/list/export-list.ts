import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../api/app.js'
import { type ExportOrder, fetchExport } from '../../api/exports.js'
import { useSavedViews } from '../../api/saved-views.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'
import { choiceOver } from './column-choice.js'
import { columnsOf, readColumnChoice } from './columns.js'
import type { ListState } from './list-state.js'

const megabyte = 1024 * 1024

/**
 * Saves the records of a list as a file, with the columns, filter and order that are shown; it can be stopped while it comes.
 * @param ids only these records
 */
export function useListExport(object: ObjectModel, state: ListState) {
  const { t } = useTranslation()
  const label = useLabel()
  const saved = useSavedViews(object.name).find(each => each.id === state.saved)
  return useCallback(
    async (format: ExportOrder['format'], ids?: readonly string[]) => {
      const choice = choiceOver(readColumnChoice(object.name, state.columnsName), saved)
      const fields = columnsOf(object, state.view, choice, field => label(field.label)).map(column => column.field.name)
      const where = ids ? { id: { in: ids } } : state.where
      const order = { object: object.name, fields, where, search: ids ? '' : state.search, orderBy: state.orderBy, format }
      await saveExport(order, label(object.pluralLabel), t)
    },
    [object, state, saved, label, t],
  )
}

async function saveExport(order: ExportOrder, name: string, t: TFunction): Promise<void> {
  const stopping = new AbortController()
  const tell = (text: string) => toast(text, { undo: { label: t('cancel'), run: () => stopping.abort() }, seconds: 3600 })
  let told = 0
  tell(t('export.begun', { name }))
  try {
    const file = await fetchExport(order, stopping.signal, count => {
      if (count - told < megabyte) return
      told = count
      tell(t('export.under', { name, size: Math.round(count / megabyte) }))
    })
    save(file.name, file.content)
    toast(t('export.done', { file: file.name }))
  } catch (error) {
    if (stopping.signal.aborted) toast(t('export.stopped'))
    else toastFailure(failureText(error, t))
  }
}

/** Hands a file to the browser to save. */
function save(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
