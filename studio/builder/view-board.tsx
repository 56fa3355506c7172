import { lookup } from '@tessera/platform/registry.js'
import { Select } from 'antd'
import { useLabel } from '../api/app.js'
import { faceOf } from '../fields/index.js'
import { seenFields, statusOf } from '../fields/selection.js'
import { changeCards, changeView } from './edit-view.js'
import { FieldRows } from './field-rows.js'
import { useLayoutTexts } from './layout-texts.js'
import { Property } from './property.js'
import type { ViewPartProps } from './view-part.js'
import { useWorkshop } from './workshop.js'

/** What a card has room for. */
const most = 6

/** A board: by which choice its columns are made, what its cards show, what a column adds up. */
export function ViewBoard({ view }: ViewPartProps) {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const { model, edit, issues } = useWorkshop()
  const object = lookup(model.objects, view.object)
  if (!object) return null
  const path = `views/${view.view}`
  const fields = seenFields(object)
  const optionsOf = (from: typeof fields) => from.map(field => ({ value: field.name, label: label(field.label) || field.name }))
  const amounts = fields.filter(field => faceOf(field).card === 'value')
  return (
    <fieldset className="property-group">
      <legend>{t('viewDesigner.board')}</legend>
      <Property
        id="view-group"
        label={t('viewDesigner.groupBy')}
        error={issues.find(issue => issue.path.startsWith(`${path}/groupBy`))?.message}
      >
        <Select
          id="view-group"
          value={view.groupBy ?? statusOf(object)?.name}
          placeholder={t('viewDesigner.noGroup')}
          style={{ width: '100%' }}
          onChange={(groupBy: string) => edit(`${path} groupBy`, path, elements => changeView(elements, view.view, { groupBy }))}
          options={optionsOf(fields.filter(field => field.type.name === 'select'))}
        />
      </Property>
      <FieldRows
        id="view-cards"
        title={t('viewDesigner.cards')}
        addLabel={t('viewDesigner.addCardField')}
        help={t('viewDesigner.cardsHelp', { count: most })}
        object={object}
        names={view.cards?.fields ?? []}
        fields={fields.filter(field => faceOf(field).card !== undefined && field.name !== object.title && field.name !== view.groupBy)}
        most={most}
        onChange={(key, names) => edit(`${path} cards ${key}`, path, elements => changeCards(elements, view.view, { fields: [...names] }))}
      />
      <Property id="view-value" label={t('viewDesigner.value')} help={t('viewDesigner.valueHelp')}>
        <Select
          id="view-value"
          allowClear
          value={view.cards?.value ?? null}
          placeholder={t('viewDesigner.autoValue')}
          style={{ width: '100%' }}
          onChange={(value?: string | null) =>
            edit(`${path} value`, path, elements => changeCards(elements, view.view, { value: value ?? undefined }))
          }
          options={optionsOf(amounts)}
        />
      </Property>
    </fieldset>
  )
}
