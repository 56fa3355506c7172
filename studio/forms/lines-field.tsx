import type { FieldProps } from '@rjsf/utils'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { isLong } from '@tessera/platform/model/seen.js'
import { defaultsOf } from '@tessera/platform/records/defaults.js'
import { offeredOnly } from '@tessera/platform/records/field-states.js'
import { Button } from 'antd'
import { Plus, Trash2 } from 'lucide-react'
import { type KeyboardEvent, Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../api/app.js'
import { momentOf } from '../api/moment.js'
import type { Related } from '../api/records.js'
import type { Values } from '../fields/face.js'
import { faceOf } from '../fields/index.js'
import { seenFields } from '../fields/selection.js'
import { WhyButton } from '../fields/why-button.js'
import { isKey } from '../ui/keys.js'
import { IconButton } from '../ui/small.js'
import { pathText, type RecordFormContext } from './form-context.js'
import { typedKey } from './form-rules.js'
import { FieldNote, LockMark } from './templates.js'

/** The fields of a line that are typed, in their order: those marked for lists and the required ones, all when none is marked. */
function lineFields(object: ObjectModel): FieldModel[] {
  const typed = seenFields(object).filter(
    field => !field.system && field.writable && field.relation?.kind !== 'masterDetail' && !isLong(field),
  )
  const isMarked = typed.some(field => field.definition.inList)
  return isMarked ? typed.filter(field => field.definition.inList || field.definition.required || field.rules?.required) : typed
}

/** Lines of a record as a grid in its form: Tab goes through, Enter in the last line makes a new one. */
export function LinesField({ fieldPathId, formData, onChange, registry, name }: FieldProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const table = useRef<HTMLDivElement>(null)
  const context = registry.formContext as RecordFormContext
  const child = context.object.children[name]
  const object = child && app.model.objects[child.object]
  if (!child || !object) return null
  const rows = Array.isArray(formData) ? (formData as Values[]) : []
  const fields = lineFields(object)
  const write = (next: readonly Values[]) => onChange(next as Values[], fieldPathId.path)
  const add = () => {
    write([...rows, defaultsOf(object, {}, momentOf(app))])
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`[data-line="${rows.length}"] input`)?.focus())
  }
  const change = (index: number, patch: Values) => write(rows.map((row, at) => (at === index ? withTyped(row, patch) : row)))
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (
      !isKey(event, 'Enter') ||
      event.ctrlKey ||
      event.metaKey ||
      !(event.target instanceof HTMLInputElement) ||
      event.target.getAttribute('role') === 'combobox'
    )
      return
    event.preventDefault()
    if (index === rows.length - 1) add()
  }
  const text = label(context.shape.texts.get(name)?.label ?? child.label)
  const lock = context.rules.lock(name)
  const isStill = lock !== '' || context.rules.states.get(name)?.isReadOnly === true
  return (
    <div className="lines-field" ref={table} role="group" aria-label={text}>
      {!context.shape.sections.some(section => section.label !== undefined && section.keys.length === 1 && section.keys[0] === name) && (
        <h3>
          {text} <LockMark reason={lock} />
        </h3>
      )}
      {rows.length > 0 && (
        <div className="lines-grid" style={{ '--columns': gridColumns(fields) } as React.CSSProperties}>
          <div className="lines-row head" aria-hidden>
            {fields.map(field => (
              <span key={field.name} className={faceOf(field).align}>
                {label(field.label)}
                {field.definition.required && <span className="form-star">*</span>}
              </span>
            ))}
            <span />
          </div>
          {rows.map((row, index) => (
            <div key={String(row.id ?? index)} className="lines-row" data-line={index} onKeyDown={event => onKeyDown(event, index)}>
              {fields.map(field => (
                <LineCell
                  key={field.name}
                  field={field}
                  row={row}
                  id={`${fieldPathId.$id}_${index}_${field.name}`}
                  path={pathText([...fieldPathId.path, index, field.key])}
                  context={context}
                  line={{ child: name, index }}
                  onChange={patch => change(index, patch)}
                />
              ))}
              {!isStill ? (
                <IconButton
                  icon={Trash2}
                  label={t('line.remove', { number: index + 1 })}
                  onClick={() => write(rows.filter((_, at) => at !== index))}
                />
              ) : (
                <span />
              )}
            </div>
          ))}
        </div>
      )}
      {!isStill && (
        <Button type="dashed" size="small" icon={<Plus size={14} />} onClick={add}>
          {t('add')}
        </Button>
      )}
    </div>
  )
}

/** A line with what was typed into it, and into which of its fields, so that no default takes their place. */
const withTyped = (row: Values, patch: Values): Values => ({
  ...row,
  ...patch,
  [typedKey]: { ...(row[typedKey] as object | undefined), ...Object.fromEntries(Object.keys(patch).map(key => [key, true])) },
})

const gridColumns = (fields: readonly FieldModel[]): string =>
  `${fields.map(field => (field.relation ? 'minmax(160px, 2fr)' : 'minmax(88px, 1fr)')).join(' ')} 32px`

interface LineCellProps {
  field: FieldModel
  row: Values
  id: string
  path: string
  context: RecordFormContext
  line: { readonly child: string; readonly index: number }
  onChange: (patch: Values) => void
}

function LineCell({ field, row, id, path, context, line, onChange }: LineCellProps) {
  const label = useLabel()
  const { Input } = faceOf(field)
  const problems = context.problems[path] ?? []
  const state = context.rules.lineStates(line.child, line.index).get(field.key)
  const because = context.rules.because(field.key, line)
  const hasNote = problems.length > 0 || because !== ''
  if (state?.isVisible === false) return <div className="lines-cell" />
  const change = (value: unknown, related?: Related | null) =>
    onChange({ [field.key]: value, ...(field.relation ? { [field.name]: related ?? null } : {}) })
  return (
    <div className="lines-cell">
      <span className="lines-cell-label" aria-hidden>
        {label(field.label)}
      </span>
      <Suspense fallback={null}>
        <Input
          id={id}
          field={state ? offeredOnly(field, state.refused) : field}
          value={row[field.key]}
          record={row}
          label={label(field.label)}
          invalid={problems.length > 0}
          describedBy={hasNote ? `${id}-note` : undefined}
          required={state?.isRequired ?? field.definition.required === true}
          disabled={
            state?.isReadOnly === true || context.rules.states.get(line.child)?.isReadOnly === true || context.rules.lock(line.child) !== ''
          }
          onChange={change}
          onBlur={() => context.touch(path)}
        />
      </Suspense>
      <FieldNote id={id} problems={problems} help={label(state?.help)} because={because} />
      {because !== '' && <WhyButton about={label(field.label)} ask={() => context.rules.why(field.key, line)} />}
    </div>
  )
}
