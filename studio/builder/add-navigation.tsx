import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { addNavigation, freeNavigationName } from './edit-navigation.js'
import { useLayoutTexts } from './layout-texts.js'
import { nameOf } from './names.js'
import { elementJsonPath } from './places.js'
import { Property } from './property.js'
import { spelling } from './spelling.js'
import { useWorkshop } from './workshop.js'
import './layout.css'

/** Adds a navigation by its label; its name, which is its address too, is made of it. */
export default function AddNavigation() {
  const { t } = useLayoutTexts()
  const { locale } = useApp()
  const navigate = useNavigate()
  const { elements, edit } = useWorkshop()
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const isEmpty = text.trim() === ''
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isEmpty) return
    const label = { [locale]: text.trim() }
    const name = freeNavigationName(elements, nameOf(label, await spelling(), 'navigation'))
    edit(`add navigation ${name}`, `navigation/${name}`, now => addNavigation(now, name, label))
    void navigate(elementJsonPath('navigation', name))
  }
  return (
    <form className="layout-add" onSubmit={event => void submit(event)} noValidate>
      <Property
        id="new-navigation"
        label={t('navigationDesigner.new')}
        help={t('navigationDesigner.newHelp')}
        error={isTried && isEmpty ? t('navigationDesigner.needsLabel') : undefined}
      >
        <Input id="new-navigation" value={text} maxLength={80} onChange={event => setText(event.target.value)} />
      </Property>
      <Button htmlType="submit">{t('navigationDesigner.addOne')}</Button>
    </form>
  )
}
