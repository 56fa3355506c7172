import type { IndexDefinition } from '@tessera/platform/definitions/object-sets.js'
import { objectDefinition } from '@tessera/platform/editing/fields.js'
import type { Label } from '@tessera/platform/label.js'
import { checkIndexCondition } from '@tessera/platform/model/index-condition.js'
import { ruleNaming } from '@tessera/platform/records/rule-naming.js'
import { lookup } from '@tessera/platform/registry.js'
import { ruleWords } from '@tessera/platform/rules/words.js'
import { indexProposals } from '@tessera/platform/tables/index-proposals.js'
import type { IndexReason } from '@tessera/platform/tables/index-uses.js'
import { Button } from 'antd'
import { X } from 'lucide-react'
import { useMemo } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { momentOf } from '../api/moment.js'
import { IconButton } from '../ui/small.js'
import { useAskedLists } from './asked-lists.js'
import { changeObject } from './edit-object.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What an object may have. */
const most = 20

/** The indexes of an object, and those that its lists, its roles and what requests asked for would use: each is added to the draft and built after publishing. */
export function ObjectIndexes({ name }: { name: string }) {
  const { t } = useTexts()
  const { model, elements, edit } = useWorkshop()
  const own = objectDefinition(elements, name)?.indexes ?? []
  const asked = useAskedLists(name)
  const proposals = useMemo(() => indexProposals(model, asked).filter(({ object }) => object === name), [model, asked, name])
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
              <Reasons name={name} reasons={reasons} />
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

/** What a field is called. */
function useFieldLabel(name: string): (field: string) => string {
  const label = useLabel()
  const { model } = useWorkshop()
  const fields = lookup(model.objects, name)?.fields ?? {}
  return field => label(lookup(fields, field)?.label) || field
}

const arrowed = (field: string, direction: 'asc' | 'desc' | undefined): string =>
  direction === undefined ? field : `${field} ${direction === 'asc' ? '↑' : '↓'}`

/** The fields of an index, and which records it holds. */
export function IndexFields({ name, index }: { name: string; index: IndexDefinition }) {
  const { t } = useTexts()
  const called = useFieldLabel(name)
  const only = useWords(name, index.where)
  const fields = index.fields.map(({ field, direction }) => arrowed(called(field), direction)).join(' · ')
  return <span>{only === null ? fields : t('indexes.only', { fields, only })}</span>
}

/** The condition of an index in words; null when it has none. */
function useWords(name: string, where: unknown): string | null {
  const app = useApp()
  const { model } = useWorkshop()
  const object = lookup(model.objects, name)
  if (where === undefined || !object) return null
  const { checked } = checkIndexCondition(where, object, '')
  const telling = { model, locale: app.locale, currency: app.currency, nameOf: () => null, isShown: () => true }
  return checked ? ruleWords(checked, ruleNaming(object, telling, momentOf(app), null)) : JSON.stringify(where)
}

/** Which views, roles and requests would use an index. */
export function Reasons({ name, reasons }: { name: string; reasons: readonly IndexReason[] }) {
  const { t } = useTexts()
  const label = useLabel()
  const called = useFieldLabel(name)
  const { elements } = useWorkshop()
  const joined = (texts: readonly string[]) =>
    texts.reduce((first, second) => (first === '' ? second : t('indexes.and', { first, second })), '')
  const told = reasons.map(reason => {
    if (reason.kind !== 'asked')
      return t(`indexes.${reason.kind}`, {
        name: label(lookup(elements, `${reason.kind}s/${reason.name}`)?.definition.label as Label) || reason.name,
      })
    const by = [...reason.filters.map(called), ...reason.order.map(([field, direction]) => arrowed(called(field), direction))]
    return t('indexes.asked', { times: reason.count.toLocaleString('en'), by: joined(by) })
  })
  return <span className="quiet index-reasons">{joined([...new Set(told)])}</span>
}
