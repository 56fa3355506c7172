import { type Label, type Locale, locales } from '@tessera/platform/label.js'
import { type FormEvent, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { addCopy } from './copy-object.js'
import { addObject } from './edit-object.js'
import { textIn } from './label-texts.js'
import { freeObjectNames, nameOf, pluralOf } from './names.js'
import { studioObjectPath } from './places.js'
import { spelling } from './spelling.js'
import { addFromTemplate, objectIn } from './template-take.js'
import { useWorkshop } from './workshop.js'

interface Names {
  readonly name: string
  readonly plural: string
}

type Texts = Partial<Record<Locale, string>>

/** What a new object begins with: a template, or another object. */
export interface Beginning {
  readonly kind: 'template' | 'object'
  readonly name: string
}

/** The names proposed for a label, until somebody types others. */
function useProposal(label: Label, isEmpty: boolean, own: Partial<Names>): Names {
  const { elements } = useWorkshop()
  const [proposed, setProposed] = useState<Names>({ name: '', plural: '' })
  const text = JSON.stringify(label)
  useEffect(() => {
    let isCurrent = true
    void spelling().then(spell => {
      if (isCurrent)
        setProposed(isEmpty ? { name: '', plural: '' } : freeObjectNames(elements, nameOf(JSON.parse(text) as Label, spell, 'object')))
    })
    return () => {
      isCurrent = false
    }
  }, [text, isEmpty, elements])
  const name = own.name ?? proposed.name
  return { name, plural: own.plural ?? (own.name ? pluralOf(own.name) : proposed.plural) }
}

/** What a template fills in. */
interface Filled {
  readonly label: Texts
  readonly names: Partial<Names>
  readonly icon: string
}

const nothing: Filled = { label: {}, names: {}, icon: 'box' }

/** What is typed for a new object; a template fills in what nobody has typed. */
function useTyped() {
  const { elements } = useWorkshop()
  const [label, setLabel] = useState<Texts>({})
  const [own, setOwn] = useState<Partial<Names>>({})
  const [icon, setIcon] = useState('box')
  const [begin, setBegun] = useState<Beginning | null>(null)
  const [filled, setFilled] = useState(nothing)
  const setBegin = (next: Beginning | null) => {
    const object = next?.kind === 'template' ? objectIn(elements, next.name) : null
    const fill: Filled = object
      ? {
          label: Object.fromEntries(locales.map(locale => [locale, textIn(object.label, locale)])),
          names: freeObjectNames(elements, object.object, object.plural),
          icon: object.icon ?? 'box',
        }
      : nothing
    if (isAsFilled(label, filled.label)) setLabel(fill.label)
    if (isAsFilled(own, filled.names)) setOwn(fill.names)
    if (icon === filled.icon) setIcon(fill.icon)
    setFilled(fill)
    setBegun(next)
  }
  return { label, setLabel, own, setOwn, icon, setIcon, begin, setBegin }
}

/** Whether somebody has left what was filled in as it was; an emptied input counts as left. */
const isAsFilled = <T extends object>(typed: T, filled: T): boolean =>
  Object.entries(typed).every(([key, text]) => text === '' || text === (filled as Readonly<Record<string, unknown>>)[key])

/** What is typed for a new object, and adding it. */
export function useNewObject() {
  const { locale } = useApp()
  const navigate = useNavigate()
  const { model, edit } = useWorkshop()
  const { own, ...typed } = useTyped()
  const { label, icon, begin } = typed
  const [isTried, setTried] = useState(false)
  const others = Object.values(model.roles).filter(role => !role.admin)
  const [roles, setRoles] = useState(() => others.map(role => role.name))
  const text = label[locale]?.trim() || Object.values(label).find(each => each?.trim()) || ''
  const names = useProposal(trimmed(label), text === '', own)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (text === '' || names.name === '') return
    const navigation = Object.keys(model.navigation)[0] ?? null
    const made = { ...names, label: trimmed(label), icon, navigation, roles }
    const add = begin?.kind === 'template' ? addFromTemplate : addCopy
    edit(`add ${names.name}`, `objects/${names.name}`, elements => (begin ? add(elements, made, begin.name) : addObject(elements, made)))
    void navigate(studioObjectPath(names.name))
  }
  return { ...typed, roles, setRoles, others, names, isUnnamed: isTried && text === '', submit }
}

const trimmed = (label: Texts): Label =>
  Object.fromEntries(Object.entries(label).flatMap(([language, text]) => (text.trim() === '' ? [] : [[language, text.trim()]]))) as Label
