import { fieldTypes } from '@tessera/platform/fields/index.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Input, type InputRef } from 'antd'
import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { isKey } from '../ui/keys.js'
import { addField } from './edit-field.js'
import { freeFieldName, nameOf } from './names.js'
import { ObjectChoice } from './object-choice.js'
import { fieldPath } from './places.js'
import { spelling } from './spelling.js'
import { useTexts } from './texts.js'
import { TypeChoice } from './type-choice.js'
import { useWorkshop } from './workshop.js'

/** The name that is proposed for a label. */
function useFieldName(object: string, text: string): string {
  const { elements } = useWorkshop()
  const [name, setName] = useState('')
  useEffect(() => {
    let isCurrent = true
    void spelling().then(spell => {
      if (isCurrent) setName(text.trim() === '' ? '' : freeFieldName(elements, object, nameOf(text, spell, 'field')))
    })
    return () => {
      isCurrent = false
    }
  }, [elements, object, text])
  return name
}

const pointsOut = (type: string): boolean =>
  ['manyToMany', 'polymorphic'].includes(type) || ['lookup', 'masterDetail'].includes(lookup(fieldTypes, type)?.relation ?? '')

/** What is typed for a new field, and adding it. */
function useNewField(object: string, onAdded: () => void) {
  const { locale } = useApp()
  const { edit } = useWorkshop()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [type, setType] = useState('text')
  const [to, setTo] = useState<string>()
  const [isTried, setTried] = useState(false)
  const proposed = useFieldName(object, text)
  const needsTarget = pointsOut(type)
  const add = async (opens: boolean) => {
    setTried(true)
    const label = text.trim()
    if (label === '' || (needsTarget && !to)) return
    const spell = await spelling()
    let name = ''
    edit(`add ${label}`, `objects/${object}`, elements => {
      name = freeFieldName(elements, object, nameOf(label, spell, 'field'))
      return addField(elements, object, { name, label: { [locale]: label }, type, to: needsTarget ? to : undefined })
    })
    setText('')
    setTried(false)
    if (opens && proposed !== '') void navigate(fieldPath(object, proposed))
    onAdded()
  }
  const problem = !isTried
    ? undefined
    : text.trim() === ''
      ? ('needsLabel' as const)
      : needsTarget && !to
        ? ('needsTarget' as const)
        : undefined
  return { text, setText, type, setType, to, setTo, proposed, needsTarget, problem, add }
}

/** The last row of the fields: a label, a type, Enter. */
export function AddField({ object }: { object: string }) {
  const { t } = useTexts()
  const input = useRef<InputRef>(null)
  const { text, setText, type, setType, to, setTo, proposed, needsTarget, problem, add } = useNewField(object, () => input.current?.focus())
  return (
    <div className="add-field" role="group" aria-label={t('field.add')}>
      <Plus size={15} aria-hidden />
      <Input
        ref={input}
        value={text}
        placeholder={t('field.addLabel')}
        aria-label={t('field.addLabel')}
        aria-invalid={problem !== undefined}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => isKey(event, 'Enter') && void add(false)}
      />
      <div className="add-field-type">
        <TypeChoice id="add-field-type" value={type} onChange={setType} label={t('type')} />
      </div>
      {needsTarget && (
        <div className="add-field-type">
          <ObjectChoice id="add-field-to" value={to} onChange={setTo} label={t('property.to')} />
        </div>
      )}
      <Button onClick={() => void add(true)}>{t('field.add')}</Button>
      <p className={problem ? 'field-error' : 'field-help'} role={problem ? 'alert' : undefined}>
        {problem ? t(`field.${problem}`) : proposed ? t('field.proposed', { name: proposed }) : t('field.addHelp')}
      </p>
    </div>
  )
}
