import { Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { addRole } from './edit-role.js'
import { nameOf } from './names.js'
import { elementJsonPath } from './places.js'
import { Property } from './property.js'
import { useRightsTexts } from './rights-texts.js'
import { spelling } from './spelling.js'
import { useWorkshop } from './workshop.js'

/** Adds a role by its label; its name is made of it. */
export function AddRole() {
  const { t } = useRightsTexts()
  const { locale } = useApp()
  const navigate = useNavigate()
  const { elements, edit } = useWorkshop()
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const label = { [locale]: text.trim() }
    if (text.trim() === '') return
    const wanted = nameOf(label, await spelling(), 'role')
    let name = wanted
    for (let attempt = 2; Object.hasOwn(elements, `roles/${name}`); attempt++) name = `${wanted.slice(0, 37)}${attempt}`
    edit(`add role ${name}`, `roles/${name}`, now => addRole(now, name, label))
    void navigate(elementJsonPath('role', name))
  }
  return (
    <form className="add-role" onSubmit={event => void submit(event)} noValidate>
      <Property id="new-role" label={t('role.addLabel')} error={isTried && text.trim() === '' ? t('role.needsLabel') : undefined}>
        <div className="view-as-line">
          <Input id="new-role" value={text} maxLength={80} onChange={event => setText(event.target.value)} />
          <Button htmlType="submit">{t('role.add')}</Button>
        </div>
      </Property>
    </form>
  )
}
