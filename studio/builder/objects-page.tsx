import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Input } from 'antd'
import { Box, ChevronRight, Plus, Search } from 'lucide-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { iconOf } from '../ui/icons.js'
import { useShortcuts } from '../ui/keys.js'
import { usePhone } from '../ui/media.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { AddObject } from './add-object.js'
import { ChangeMark } from './change-mark.js'
import { studioObjectPath } from './places.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** All objects, and the place to add one. */
export default function ObjectsPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const isPhone = usePhone()
  const [params, setParams] = useSearchParams()
  const isAdding = params.get('add') !== null && !isPhone
  const toggle = (adding: boolean) => setParams(adding ? { add: '' } : {}, { replace: true })
  useTitle(t('kind.object'), t('studio'), member.workspace.name)
  useShortcuts(isPhone ? [] : [{ keys: 'n', label: t('object.add'), run: () => toggle(true) }])
  return (
    <>
      <PageHead title={t('kind.object')} icon={Box}>
        {!isPhone && !isAdding && (
          <Button type="primary" icon={<Plus size={16} />} onClick={() => toggle(true)}>
            {t('object.add')}
          </Button>
        )}
      </PageHead>
      <div className="designer">
        <div className="designer-main scroll-page">
          <ObjectRows />
        </div>
        {isAdding && <AddObject onClose={() => toggle(false)} />}
      </div>
    </>
  )
}

function ObjectRows() {
  const { t } = useTexts()
  const label = useLabel()
  const { elements, model } = useWorkshop()
  const [typed, setTyped] = useState('')
  const needle = typed.trim().toLowerCase()
  const objects = Object.values(elements)
    .filter(element => element.kind === 'object')
    .map(element => element.definition as unknown as ObjectDefinition)
  const shown = objects.filter(object => `${label(object.label)} ${object.object}`.toLowerCase().includes(needle))
  return (
    <div className="studio-home">
      <Input
        allowClear
        prefix={<Search size={15} aria-hidden />}
        placeholder={t('object.find')}
        aria-label={t('object.find')}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
      <ul className="rows">
        {shown.map(object => {
          const Icon = iconOf(object.icon, Box)
          const detail = lookup(model.objects, object.object)?.detail
          return (
            <li key={object.object}>
              <Link to={studioObjectPath(object.object)}>
                <Icon size={16} aria-hidden /> <span className="cut">{label(object.label) || object.object}</span>
                <code className="cut quiet">{object.object}</code>
                <span className="grow" />
                <ChangeMark path={`objects/${object.object}`} />
                {detail && <span className="quiet cut">{t('object.lines')}</span>}
                <span className="num quiet">{t('object.fields', { count: Object.keys(object.fields).length })}</span>
                <ChevronRight size={16} aria-hidden />
              </Link>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
