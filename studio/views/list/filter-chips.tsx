import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Popover } from 'antd'
import { ListFilter } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { conditionField } from '../../fields/condition-fields.js'
import { type Condition, conditionText } from '../../fields/conditions.js'
import { useShortcuts } from '../../ui/keys.js'
import { usePhone } from '../../ui/media.js'
import { Sheet } from '../../ui/sheet.js'
import { Chip } from '../../ui/small.js'
import { firstCondition } from './first-condition.js'

const FieldPicker = lazy(() => import('./filter-editor.js').then(module => ({ default: module.FieldPicker })))
const ConditionEditor = lazy(() => import('./filter-editor.js').then(module => ({ default: module.ConditionEditor })))

interface FilterChipsProps {
  object: ObjectModel
  conditions: readonly Condition[]
  onChange: (conditions: readonly Condition[]) => void
}

type Open = { index: number; condition: Condition } | 'picker' | undefined

/** The conditions of a list; each opens its editor in place, the last button adds one. */
export function FilterChips({ object, conditions, onChange }: FilterChipsProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const [open, setOpen] = useState<Open>()
  useShortcuts([{ keys: 'f', label: t('filter.add'), run: () => setOpen('picker') }])
  const apply = (index: number, condition: Condition) => {
    setOpen(undefined)
    onChange(index < conditions.length ? conditions.map((each, at) => (at === index ? condition : each)) : [...conditions, condition])
  }
  const editor = (index: number) =>
    typeof open === 'object' && open.index === index ? (
      <ConditionEditor
        object={object}
        condition={open.condition}
        onApply={condition => apply(index, condition)}
        onCancel={() => setOpen(undefined)}
      />
    ) : null
  const added = conditions.length
  return (
    <>
      {conditions.map((condition, index) => {
        const field = conditionField(object, condition.field)
        if (!field) return null
        return (
          <Overlay
            key={`${condition.field} ${condition.operator} ${String(condition.value)}`}
            title={label(field.label)}
            open={typeof open === 'object' && open.index === index}
            onClose={() => setOpen(undefined)}
            content={editor(index)}
          >
            <span>
              <Chip
                name={label(field.label)}
                text={conditionText(field, condition, app, t)}
                onOpen={() => setOpen({ index, condition })}
                onRemove={() => onChange(conditions.filter((_, at) => at !== index))}
              />
            </span>
          </Overlay>
        )
      })}
      <Overlay
        title={typeof open === 'object' ? label(conditionField(object, open.condition.field)?.label ?? '') : t('filter.add')}
        open={open === 'picker' || (typeof open === 'object' && open.index === added)}
        onClose={() => setOpen(undefined)}
        content={
          open === 'picker' ? (
            <FieldPicker object={object} onPick={field => setOpen({ index: added, condition: firstCondition(field) })} />
          ) : (
            editor(added)
          )
        }
      >
        <button type="button" className="tool" onClick={() => setOpen('picker')} title={t('filter.add')}>
          <ListFilter size={15} aria-hidden /> {t('filter.add')}
        </button>
      </Overlay>
    </>
  )
}

interface OverlayProps {
  title: string
  open: boolean
  onClose: () => void
  content: ReactNode
  children: ReactNode
}

/** Under its button on a desk, a sheet from below on a phone. */
function Overlay({ title, open, onClose, content, children }: OverlayProps) {
  const isPhone = usePhone()
  if (isPhone)
    return (
      <>
        {children}
        <Sheet title={title} open={open} onClose={onClose} light>
          <Suspense fallback={null}>{content}</Suspense>
        </Sheet>
      </>
    )
  return (
    <Popover
      open={open}
      onOpenChange={visible => !visible && onClose()}
      content={<Suspense fallback={null}>{content}</Suspense>}
      trigger="click"
      placement="bottomLeft"
      arrow={false}
      destroyOnHidden
    >
      {children}
    </Popover>
  )
}
