import type { FieldProps } from '@rjsf/utils'
import type { ChildModel, FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { SlidersHorizontal } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../api/app.js'
import type { Related } from '../api/records.js'
import { relatedOf, type Values } from '../fields/face.js'
import { RecordsPicker } from '../fields/lazy-inputs.js'
import { WhyButton } from '../fields/why-button.js'
import { Sheet } from '../ui/sheet.js'
import { Skeleton } from '../ui/small.js'
import { pathText, type RecordFormContext } from './form-context.js'
import { attributeFields } from './links-input.js'
import { FieldNote, LockMark } from './templates.js'

// dragging and the inputs of attributes come when they are first opened
const LinkRows = lazy(() => import('./link-rows.js').then(module => ({ default: module.LinkRows })))

/** Links of a record in its form: the linked records as chips, and what is said of each link in a sheet. */
export function LinksField({ fieldPathId, formData, onChange, registry, name }: FieldProps) {
  const { t } = useTranslation()
  const app = useApp()
  const label = useLabel()
  const [isOpen, setOpen] = useState(false)
  const context = registry.formContext as RecordFormContext
  const child = context.object.children[name]
  const target = child && app.model.objects[child.object]
  const junction = child?.through && app.model.objects[child.through.junction]
  const other = child?.through && junction?.fields[child.through.other]
  if (!child || !target || !junction || !other) return null
  const rows = Array.isArray(formData) ? (formData as Values[]) : []
  const write = (next: readonly Values[]) => onChange(next as Values[], fieldPathId.path)
  const attributes = attributeFields(child, junction)
  const problems = Object.entries(context.problems).flatMap(([path, found]) => (path.split('/')[0] === name ? found : []))
  const id = fieldPathId.$id
  const choose = (chosen: readonly Related[]) =>
    write(
      chosen.map(
        one => rows.find(row => row[other.key] === one.id) ?? { [other.key]: one.id, [other.name]: { id: one.id, title: one.title } },
      ),
    )
  const lock = context.rules.lock(name)
  const state = context.rules.states.get(name)
  const isStill = state?.isReadOnly === true || lock !== ''
  const because = context.rules.because(name)
  const own = context.shape.texts.get(name)
  const text = label(own?.label ?? child.label)
  const help = label(state?.help ?? own?.help ?? linkHelp(context.object, child))
  return (
    <div className={problems.length > 0 ? 'form-field wrong' : 'form-field'} data-path={pathText(fieldPathId.path)}>
      <label className="form-label" htmlFor={id}>
        {text}
        <LockMark reason={lock} />
        {!isStill && (state?.isRequired ?? child.required) && (
          <span className="form-star" aria-hidden>
            *
          </span>
        )}
      </label>
      <div className="links-field">
        <Suspense fallback={<Skeleton width="100%" height={32} />}>
          <RecordsPicker
            id={id}
            object={target}
            chosen={rows.flatMap(row => chosenOf(other, row))}
            onChange={choose}
            disabled={isStill}
            required={state?.isRequired ?? child.required === true}
            invalid={problems.length > 0}
            describedBy={problems.length > 0 || help !== '' || because !== '' ? `${id}-note` : undefined}
          />
        </Suspense>
        {(attributes.length > 0 || (child.through?.ordered && rows.length > 1)) && rows.length > 0 && !isStill && (
          <Button icon={<SlidersHorizontal size={14} />} onClick={() => setOpen(true)}>
            {t('links.details')}
          </Button>
        )}
      </div>
      <FieldNote id={id} problems={problems} help={help} because={because} />
      {because !== '' && (
        <span className="form-why">
          <WhyButton about={label(child.label)} ask={() => context.rules.why(name)} />
        </span>
      )}
      <Sheet title={label(child.label)} open={isOpen} onClose={() => setOpen(false)}>
        {isOpen && (
          <Suspense fallback={null}>
            <LinkRows
              id={id}
              label={label(child.label)}
              other={other}
              fields={attributes}
              rows={rows}
              isOrdered={child.through?.ordered === true}
              onChange={write}
            />
          </Suspense>
        )}
      </Sheet>
    </div>
  )
}

/** The record at the other end of a link; by its id alone when its name did not come with it. */
function chosenOf(other: FieldModel, row: Values): Related[] {
  const id = row[other.key]
  return typeof id === 'string' ? [relatedOf(other, row) ?? { id, title: null }] : []
}

const linkHelp = (object: ObjectModel, child: ChildModel) => object.definition.fields[child.name]?.help
