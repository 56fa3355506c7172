import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { addOptionSet } from './edit-option-set.js'
import { nameOf } from './names.js'
import { elementJsonPath } from './places.js'
import { Property } from './property.js'
import { spelling } from './spelling.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Adds an option set by its label; its name is made of it. */
export default function AddOptionSet() {
  const { t } = useTexts()
  const { locale } = useApp()
  const navigate = useNavigate()
  const { elements, edit } = useWorkshop()
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const isUnnamed = text.trim() === ''
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isUnnamed) return
    const label = { [locale]: text.trim() }
    const wanted = nameOf(label, await spelling(), 'optionSet')
    let name = wanted
    for (let attempt = 2; Object.hasOwn(elements, `optionSets/${name}`); attempt++) name = `${wanted.slice(0, 37)}${attempt}`
    edit(`add optionSets/${name}`, `optionSets/${name}`, now => addOptionSet(now, name, label))
    void navigate(elementJsonPath('optionSet', name))
  }
  return (
    <form className="add-role" onSubmit={event => void submit(event)} noValidate>
      <Property id="new-set" label={t('optionSet.addLabel')} error={isTried && isUnnamed ? t('optionSet.needsLabel') : undefined}>
        <div className="view-as-line">
          <Input id="new-set" value={text} maxLength={80} onChange={event => setText(event.target.value)} />
          <Button htmlType="submit">{t('optionSet.add')}</Button>
        </div>
      </Property>
    </form>
  )
}
