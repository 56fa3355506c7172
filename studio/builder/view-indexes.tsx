import { objectDefinition } from '@tessera/platform/editing/fields.js'
import { lookup } from '@tessera/platform/registry.js'
import { indexProposals } from '@tessera/platform/tables/index-proposals.js'
import { Button } from 'antd'
import { Gauge } from 'lucide-react'
import { useMemo } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { changeObject } from './edit-object.js'
import { useLayoutTexts } from './layout-texts.js'
import type { ViewPartProps } from './view-part.js'
import { useWorkshop } from './workshop.js'

/** Indexes that would find the records of a view faster and are not there: each can be added to the object. */
export function ViewIndexes({ view }: ViewPartProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { locale } = useApp()
  const { model, edit } = useWorkshop()
  const missing = useMemo(
    () =>
      indexProposals(model).filter(
        ({ object, reasons }) => object === view.object && reasons.some(reason => reason.kind === 'view' && reason.name === view.view),
      ),
    [model, view.object, view.view],
  )
  const fields = lookup(model.objects, view.object)?.fields ?? {}
  const listed = new Intl.ListFormat(locale, { type: 'conjunction' })
  return missing.map(({ definition }) => {
    const names = listed.format(definition.fields.map(({ field }) => label(lookup(fields, field)?.label) || field))
    const add = () =>
      edit(`objects/${view.object} indexes`, `objects/${view.object}`, elements =>
        changeObject(elements, view.object, { indexes: [...(objectDefinition(elements, view.object)?.indexes ?? []), definition] }),
      )
    return (
      <div key={definition.index} className="layout-warning" role="status">
        <Gauge size={15} aria-hidden />
        <span className="grow">{t('viewDesigner.slow', { names })}</span>
        <Button size="small" onClick={add}>
          {t('indexes.create')}
        </Button>
      </div>
    )
  })
}
