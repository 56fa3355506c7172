import type { Dropped } from '@tessera/platform/records/carry-over.js'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../api/app.js'
import { onDropped } from '../api/carry-over.js'
import { textContext } from '../fields/face.js'
import { confirm } from '../ui/confirm.js'

/** Says what a save had to leave out because its fields were removed while it was typed, and offers to copy it. */
export function DroppedValues() {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  useEffect(() => {
    const textOf = ({ label: name, field, value }: Dropped) => {
      const text = field.relation ? '' : field.type.format(value, field.definition, textContext(app, field, {}))
      return text === '' ? label(name) : t('saved.to', { field: label(name), value: text })
    }
    return onDropped(dropped => {
      const values = dropped.map(textOf).join(' · ')
      const body = t('saved.droppedHint', { values })
      void confirm({ title: t('saved.dropped'), body, verb: t('saved.copy') }).then(async isYes => {
        if (isYes) await navigator.clipboard?.writeText(values)
      })
    })
  }, [app, label, t])
  return null
}
