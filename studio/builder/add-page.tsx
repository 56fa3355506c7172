import { isDefined } from '@tessera/platform/model/junctions.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useLabel } from '../api/app.js'
import { allChildren } from '../views/record/children.js'
import { pagePlan } from '../views/record/page-plan.js'
import { freeElementName } from './edit-element.js'
import { addPage, type TabLabels, writtenPage } from './edit-page.js'
import { useLayoutTexts } from './layout-texts.js'
import { elementJsonPath } from './places.js'
import { Property } from './property.js'
import { useWorkshop } from './workshop.js'
import './layout.css'

const tabLabels: TabLabels = { overview: { en: 'Overview', 'zh-CN': '概览' }, history: { en: 'History', 'zh-CN': '历史' } }

/** Adds the page of an object that has none; it begins as the page is without one. */
export default function AddPage() {
  const { t } = useLayoutTexts()
  const label = useLabel()
  const navigate = useNavigate()
  const { elements, model, edit } = useWorkshop()
  const [chosen, setChosen] = useState<string>()
  const [isTried, setTried] = useState(false)
  const taken = new Set(Object.values(model.pages).map(({ object }) => object))
  const objects = Object.values(model.objects).filter(object => isDefined(object) && !taken.has(object.name))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const object = lookup(model.objects, chosen ?? '')
    if (!object) return
    const name = freeElementName(elements, 'pages', object.name)
    const page = writtenPage(name, object.label, object.name, pagePlan(object, model, allChildren(object, model)), tabLabels)
    edit(`add pages/${name}`, `pages/${name}`, now => addPage(now, page))
    void navigate(elementJsonPath('page', name))
  }
  return (
    <form className="layout-add" onSubmit={submit} noValidate>
      <Property
        id="new-page"
        label={t('pageDesigner.new')}
        help={t('pageDesigner.newHelp')}
        error={isTried && chosen === undefined ? t('object.choose') : undefined}
      >
        <Select
          id="new-page"
          showSearch={{ optionFilterProp: 'label' }}
          value={chosen}
          placeholder={t('object.choose')}
          onChange={setChosen}
          options={objects.map(object => ({ value: object.name, label: label(object.label) || object.name }))}
        />
      </Property>
      <Button htmlType="submit">{t('pageDesigner.add')}</Button>
    </form>
  )
}
