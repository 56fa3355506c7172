import type { Locale } from '@tessera/platform/label.js'
import type { RoleModel } from '@tessera/platform/model/model.js'
import { Button, Input, Select } from 'antd'
import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { IconButton } from '../ui/small.js'
import { IconChoice } from './icon-choice.js'
import { useNewObject } from './new-object.js'
import { BeginWith } from './new-object-begin.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'

/** Asks for what a new object needs: what it is called, and who works with it. */
export function AddObject({ onClose }: { onClose: () => void }) {
  const { t } = useTexts()
  const { locale } = useApp()
  const { label, setLabel, setOwn, icon, setIcon, begin, setBegin, names, isUnnamed, submit, ...roles } = useNewObject()
  const first = useRef<HTMLElement>(null)
  useEffect(() => first.current?.querySelector<HTMLElement>('[id^=new-label]')?.focus(), [])
  const languages: readonly Locale[] = locale === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en']
  return (
    <aside className="designer-panel" aria-label={t('object.add')} ref={first}>
      <form onSubmit={submit} noValidate>
        <div className="panel-title">
          <h2>{t('object.add')}</h2>
          <span className="grow" />
          <IconButton icon={X} label={t('close')} onClick={onClose} />
        </div>
        <BeginWith begin={begin} onChange={setBegin} />
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
        <Roles {...roles} />
        <Button type="primary" htmlType="submit" block>
          {t('object.add')}
        </Button>
      </form>
    </aside>
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
