import type { Label } from '@tessera/platform/label.js'
import { isDefined } from '@tessera/platform/model/junctions.js'
import { lookup } from '@tessera/platform/registry.js'
import { Select } from 'antd'
import { Box, LayoutTemplate, TextCursorInput } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLabel } from '../api/app.js'
import { iconOf } from '../ui/icons.js'
import type { Beginning } from './new-object.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** One thing that a new object can begin with. */
interface Offer {
  readonly value: string
  readonly label: string
  readonly icon: string | undefined
  readonly description: Label | undefined
}

/** What a new object begins with: a template first, or one of the objects that there are; only a name unless one is chosen. */
export function BeginWith({ begin, onChange }: { begin: Beginning | null; onChange: (begin: Beginning | null) => void }) {
  const { t } = useTexts()
  const text = useLabel()
  const { model } = useWorkshop()
  const templates = Object.values(model.templates).map(
    ({ template, label, icon, description }): Offer => ({
      value: `template/${template}`,
      label: text(label) || template,
      icon,
      description,
    }),
  )
  const objects = Object.values(model.objects)
    .filter(isDefined)
    .map(
      ({ name, label, icon, definition: { description } }): Offer => ({
        value: `object/${name}`,
        label: text(label) || name,
        icon,
        description,
      }),
    )
  const offers = Object.fromEntries([...templates, ...objects].map(offer => [offer.value, offer]))
  const choose = (value: string) => {
    const [kind = '', name = ''] = value.split('/')
    onChange(kind === 'template' || kind === 'object' ? { kind, name } : null)
  }
  const description = text(lookup(offers, begin ? `${begin.kind}/${begin.name}` : '')?.description)
  return (
    <Property id="new-like" label={t('object.like')} help={begin ? description || t('object.likeHelp') : t('template.help')}>
      <Select
        id="new-like"
        showSearch={{ optionFilterProp: 'label' }}
        value={begin ? `${begin.kind}/${begin.name}` : ''}
        onChange={choose}
        listHeight={424}
        popupMatchSelectWidth={440}
        placement="bottomRight"
        style={{ width: '100%' }}
        options={[{ value: '', label: t('object.likeNone') }, ...templates, ...objects].map(({ value, label }) => ({ value, label }))}
        optionRender={({ value, label }) => <OfferLine value={String(value)} label={label} offer={lookup(offers, String(value))} />}
      />
    </Property>
  )
}

/** An offer by its icon, its name and what it is for. */
function OfferLine({ value, label, offer }: { value: string; label: ReactNode; offer: Offer | undefined }) {
  const { t } = useTexts()
  const text = useLabel()
  const isTemplate = value.startsWith('template/')
  const Icon = value === '' ? TextCursorInput : iconOf(offer?.icon, isTemplate ? LayoutTemplate : Box)
  const description = text(offer?.description)
  return (
    <span className="template-line" title={description}>
      <Icon size={15} strokeWidth={1.75} aria-hidden />
      <span className="grow cut">
        {label}
        {description && <small className="quiet cut">{description}</small>}
      </span>
      {isTemplate && <span className="mark">{t('template.mark')}</span>}
    </span>
  )
}
