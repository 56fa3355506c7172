import type { IndexDefinition } from '@tessera/platform/definitions/object-sets.js'
import { objectDefinition } from '@tessera/platform/editing/fields.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { type IndexReason, indexProposals } from '@tessera/platform/tables/index-proposals.js'
import { Button } from 'antd'
import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useLabel } from '../api/app.js'
import { IconButton } from '../ui/small.js'
import { changeObject } from './edit-object.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What an object may have. */
const most = 20

/** The indexes of an object, and those that its lists and roles would use: each is added to the draft and built after publishing. */
export function ObjectIndexes({ name }: { name: string }) {
  const { t } = useTexts()
  const { model, elements, edit } = useWorkshop()
  const own = objectDefinition(elements, name)?.indexes ?? []
  const proposals = useMemo(() => indexProposals(model).filter(({ object }) => object === name), [model, name])
  const change = (indexes: readonly IndexDefinition[]) =>
    edit(`objects/${name} indexes`, `objects/${name}`, all =>
      changeObject(all, name, { indexes: indexes.length > 0 ? indexes : undefined }),
    )
  return (
    <section className="property object-indexes" aria-labelledby="object-indexes">
      <h2 id="object-indexes">{t('indexes.title')}</h2>
      <p className="field-help">{t('indexes.help')}</p>
      <ul className="index-rows">
        {own.map((index, at) => (
          <li key={index.index}>
            <IndexFields name={name} index={index} />
            <IconButton
              icon={X}
              label={t('indexes.remove', { name: index.index })}
              onClick={() => change(own.filter((_, other) => other !== at))}
            />
          </li>
        ))}
        {proposals.map(({ definition, reasons }) => (
          <li key={definition.index}>
            <span>
              <IndexFields name={name} index={definition} />
              <Reasons reasons={reasons} />
            </span>
            <Button size="small" disabled={own.length >= most} onClick={() => change([...own, definition])}>
              {t('indexes.create')}
            </Button>
          </li>
        ))}
      </ul>
      {proposals.length === 0 && <p className="quiet">{t('indexes.none')}</p>}
    </section>
  )
}

function IndexFields({ name, index }: { name: string; index: IndexDefinition }) {
  const label = useLabel()
  const { model } = useWorkshop()
  const fields = lookup(model.objects, name)?.fields ?? {}
  return (
    <span>
      {index.fields
        .map(
          ({ field, direction }) =>
            `${label(lookup(fields, field)?.label) || field}${direction === undefined ? '' : direction === 'asc' ? ' ↑' : ' ↓'}`,
        )
        .join(' · ')}
    </span>
  )
}

function Reasons({ reasons }: { reasons: readonly IndexReason[] }) {
  const { t } = useTexts()
  const label = useLabel()
  const { elements } = useWorkshop()
  const told = reasons.map(({ kind, name }) => {
    const element = lookup(elements, `${kind}s/${name}`)
    return t(`indexes.${kind}`, { name: label(element?.definition.label as Label) || name })
  })
  return <span className="quiet index-reasons">{[...new Set(told)].reduce((first, second) => t('indexes.and', { first, second }))}</span>
}
