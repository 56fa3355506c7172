import type { ViewDefinition } from '@tessera/platform/definitions/view.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Input, Segmented } from 'antd'
import { type FormEvent, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useApp } from '../api/app.js'
import { faceOf } from '../fields/index.js'
import { seenFields, statusOf } from '../fields/selection.js'
import { usualFields } from '../views/list/columns.js'
import { freeElementName } from './edit-element.js'
import { addView } from './edit-view.js'
import { useLayoutTexts } from './layout-texts.js'
import { nameOf } from './names.js'
import { ObjectChoice } from './object-choice.js'
import { elementJsonPath } from './places.js'
import { Property } from './property.js'
import { spelling } from './spelling.js'
import { useWorkshop } from './workshop.js'
import './layout.css'

const mostCardFields = 4

/** Adds a view of an object by its label; it begins with what lists and boards show unasked. */
export default function AddView() {
  const { t } = useLayoutTexts()
  const { locale } = useApp()
  const navigate = useNavigate()
  const { elements, model, edit } = useWorkshop()
  const [params] = useSearchParams()
  const [text, setText] = useState('')
  const [object, setObject] = useState<string | undefined>(params.get('object') ?? undefined)
  const [kind, setKind] = useState<ViewDefinition['kind']>('list')
  const [isTried, setTried] = useState(false)
  const of = lookup(model.objects, object ?? '')
  const groupBy = of && (statusOf(of) ?? seenFields(of).find(field => field.type.name === 'select'))
  const hasNoChoice = kind === 'board' && of !== undefined && groupBy === undefined
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (text.trim() === '' || !of || hasNoChoice) return
    const label = { [locale]: text.trim() }
    const name = freeElementName(elements, 'views', nameOf(label, await spelling(), `${of.name}View`))
    const cardFields = usualFields(of).filter(name => {
      const field = lookup(of.fields, name)
      return field && faceOf(field).card !== undefined && name !== of.title && name !== groupBy?.name
    })
    const fields = kind === 'list' ? usualFields(of) : cardFields.slice(0, mostCardFields)
    edit(`add views/${name}`, `views/${name}`, now => addView(now, name, { label, object: of.name, kind, fields, groupBy: groupBy?.name }))
    void navigate(elementJsonPath('view', name))
  }
  return (
    <form className="layout-add" onSubmit={event => void submit(event)} noValidate>
      <Property
        id="new-view"
        label={t('viewDesigner.new')}
        error={isTried && text.trim() === '' ? t('viewDesigner.needsLabel') : undefined}
      >
        <Input id="new-view" value={text} maxLength={80} onChange={event => setText(event.target.value)} />
      </Property>
      <Property id="new-view-object" label={t('kind.one.object')} error={isTried && !of ? t('object.choose') : undefined}>
        <ObjectChoice id="new-view-object" value={object} onChange={setObject} />
      </Property>
      <Property id="new-view-kind" label={t('viewDesigner.kind')} error={hasNoChoice ? t('viewDesigner.needsGroupHint') : undefined}>
        <Segmented
          id="new-view-kind"
          aria-label={t('viewDesigner.kind')}
          value={kind}
          onChange={setKind}
          options={(['list', 'board'] as const).map(value => ({ value, label: t(`list.${value}`) }))}
        />
      </Property>
      <Button htmlType="submit">{t('viewDesigner.add')}</Button>
    </form>
  )
}
