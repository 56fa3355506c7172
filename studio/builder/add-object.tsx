import type { Label, Locale } from '@tessera/platform/label.js'
import { isDefined } from '@tessera/platform/model/junctions.js'
import type { RoleModel } from '@tessera/platform/model/model.js'
import { Button, Input, Select } from 'antd'
import { X } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { IconButton } from '../ui/small.js'
import { addCopy } from './copy-object.js'
import { addObject } from './edit-object.js'
import { IconChoice } from './icon-choice.js'
import { freeObjectNames, nameOf, pluralOf } from './names.js'
import { studioObjectPath } from './places.js'
import { Property } from './property.js'
import { spelling } from './spelling.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

interface Names {
  readonly name: string
  readonly plural: string
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

/** What is typed for a new object, and adding it. */
function useNewObject() {
  const { locale } = useApp()
  const navigate = useNavigate()
  const { model, edit } = useWorkshop()
  const [label, setLabel] = useState<Partial<Record<Locale, string>>>({})
  const [own, setOwn] = useState<Partial<Names>>({})
  const [icon, setIcon] = useState('box')
  const [like, setLike] = useState<string | undefined>()
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
    edit(`add ${names.name}`, `objects/${names.name}`, elements => (like ? addCopy(elements, made, like) : addObject(elements, made)))
    void navigate(studioObjectPath(names.name))
  }
  return {
    label,
    setLabel,
    setOwn,
    icon,
    setIcon,
    like,
    setLike,
    roles,
    setRoles,
    others,
    names,
    isUnnamed: isTried && text === '',
    submit,
  }
}

/** Asks for what a new object needs: what it is called, and who works with it. */
export function AddObject({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  const { locale } = useApp()
  const { label, setLabel, setOwn, icon, setIcon, like, setLike, names, isUnnamed, submit, ...roles } = useNewObject()
  const first = useRef<HTMLElement>(null)
  useEffect(() => first.current?.querySelector('input')?.focus(), [])
  const languages: readonly Locale[] = locale === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en']
  return (
    <aside className="designer-panel" aria-label={t('object.add')} ref={first}>
      <form onSubmit={submit} noValidate>
        <div className="panel-title">
          <h2>{t('object.add')}</h2>
          <span className="grow" />
          <IconButton icon={X} label={t('close')} onClick={onClose} />
        </div>
        {languages.map((language, index) => (
          <Property
            key={language}
            id={`new-label-${language}`}
            label={t(`label.${language}`)}
            error={index === 0 && isUnnamed ? t('object.needsLabel') : undefined}
          >
            <Input
              id={`new-label-${language}`}
              lang={language}
              value={label[language] ?? ''}
              placeholder={t(`object.example.${language}`)}
              onChange={event => setLabel(before => ({ ...before, [language]: event.target.value }))}
            />
          </Property>
        ))}
        <Property id="new-name" label={t('apiName')} help={t('object.nameHelp')}>
          <Input id="new-name" value={names.name} onChange={event => setOwn(before => ({ ...before, name: event.target.value }))} />
        </Property>
        <Property id="new-plural" label={t('apiPlural')}>
          <Input id="new-plural" value={names.plural} onChange={event => setOwn(before => ({ ...before, plural: event.target.value }))} />
        </Property>
        <Property id="new-icon" label={t('icon')}>
          <IconChoice id="new-icon" value={icon} onChange={setIcon} />
        </Property>
        <StartFrom like={like} setLike={setLike} />
        <Roles {...roles} />
        <Button type="primary" htmlType="submit" block>
          {t('object.add')}
        </Button>
      </form>
    </aside>
  )
}

/** Another object whose fields, form and list the new one begins with. */
function StartFrom({ like, setLike }: { like: string | undefined; setLike: (object: string | undefined) => void }) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useWorkshop()
  const objects = Object.values(model.objects).filter(isDefined)
  return (
    <Property id="new-like" label={t('object.like')} help={t('object.likeHelp')}>
      <Select
        id="new-like"
        showSearch={{ optionFilterProp: 'label' }}
        value={like ?? ''}
        onChange={object => setLike(object === '' ? undefined : object)}
        style={{ width: '100%' }}
        options={[
          { value: '', label: t('object.likeNone') },
          ...objects.map(object => ({ value: object.name, label: label(object.label) || object.name })),
        ]}
      />
    </Property>
  )
}

function Roles({ roles, setRoles, others }: { roles: string[]; setRoles: (roles: string[]) => void; others: readonly RoleModel[] }) {
  const { t } = useTexts()
  const label = useLabel()
  return (
    <Property id="new-roles" label={t('object.roles')} help={t('object.rolesHelp')}>
      <Select
        id="new-roles"
        mode="multiple"
        value={roles}
        onChange={setRoles}
        style={{ width: '100%' }}
        options={others.map(role => ({ value: role.name, label: label(role.definition.label) }))}
      />
    </Property>
  )
}

const trimmed = (label: Partial<Record<Locale, string>>): Label =>
  Object.fromEntries(Object.entries(label).flatMap(([language, text]) => (text.trim() === '' ? [] : [[language, text.trim()]]))) as Label
