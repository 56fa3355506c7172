import type { FieldTemplateProps } from '@rjsf/utils'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { fieldOfKey } from '@tessera/platform/records/values.js'
import { CircleAlert, Info, Lock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import type { ShownWhy } from '../api/why.js'
import { WhyButton } from '../fields/why-button.js'
import { type FormProblem, helpOf, labelIn, pathText, type RecordFormContext } from './form-context.js'

/** One field of a form: its label above, help or what is wrong in the same place below. */
export function FieldTemplate({ id, fieldPathId, children, registry, schema, readonly }: FieldTemplateProps) {
  const label = useLabel()
  const context = registry.formContext as RecordFormContext
  const path = fieldPathId.path
  const field = path.length === 1 ? fieldOfKey(context.object, String(path[0])) : undefined
  if (!field || (schema.type === 'array' && Object.hasOwn(context.object.children, String(path[0])))) return children
  const problems = context.problems[pathText(path)] ?? []
  const state = context.rules.states.get(field.key)
  const lock = context.rules.lock(field.name)
  const isStill = readonly === true || state?.isReadOnly === true || lock !== ''
  const isSentence = field.class.name === 'boolean' && !isStill
  return (
    <div className={problems.length > 0 ? 'form-field wrong' : 'form-field'} data-path={pathText(path)}>
      {isSentence ? (
        <span className="form-label" aria-hidden />
      ) : (
        <label className="form-label" htmlFor={id}>
          {label(labelIn(context, field))}
          <LockMark reason={lock} />
          {!isStill && (state?.isRequired ?? field.definition.required) && (
            <span className="form-star" aria-hidden>
              *
            </span>
          )}
          {field.definition.description !== undefined && (
            <span className="form-info" title={label(field.definition.description)}>
              <Info size={13} aria-label={label(field.definition.description)} />
            </span>
          )}
        </label>
      )}
      {children}
      <FieldNote id={id} problems={problems} help={label(helpOf(context, field))} because={context.rules.because(field.key)} />
      {hasWhy(context, field, problems) && (
        <span className="form-why">
          <WhyButton about={label(labelIn(context, field))} ask={() => whysAt(context, field.key, problems)} />
        </span>
      )}
    </div>
  )
}

/** Says that the state of the record keeps something as it is. */
export function LockMark({ reason }: { reason: string }) {
  const { t } = useTranslation()
  if (reason === '') return null
  const text = t('form.lockMark', { reason })
  return (
    <span className="form-info" title={text}>
      <Lock size={12} role="img" aria-label={text} />
    </span>
  )
}

interface FieldNoteProps {
  id: string
  problems: readonly FormProblem[]
  help: string
  /** Why the field is here, required or read-only. */
  because?: string
}

/** The explanations of broken rules, else of the rules of the field. */
function whysAt({ rules }: RecordFormContext, key: string, problems: readonly FormProblem[]): readonly ShownWhy[] {
  const broken = problems.flatMap(({ rule }) => (rule === undefined ? [] : rules.whyRefused(rule)))
  return broken.length > 0 ? broken : rules.why(key)
}

/** Whether a rule speaks about a field now. */
function hasWhy({ rules }: RecordFormContext, field: FieldModel, problems: readonly FormProblem[]): boolean {
  return (
    field.rule !== null ||
    (rules.because(field.key) !== '' && rules.why(field.key).length > 0) ||
    problems.some(({ rule }) => rule !== undefined && rules.whyRefused(rule).length > 0)
  )
}

/** Help and why the field is as it is, or the problems in their place. */
export function FieldNote({ id, problems, help, because = '' }: FieldNoteProps) {
  const { t } = useTranslation()
  if (problems.length > 0)
    return (
      <div id={`${id}-note`} role="alert">
        {problems.map(({ message, hint }) => {
          const text = t('sentences', { first: message, second: hint }).trim()
          return (
            <p key={message} className="field-error">
              <CircleAlert size={14} aria-hidden />
              <span title={text}>{text}</span>
            </p>
          )
        })}
      </div>
    )
  return help === '' && because === '' ? null : (
    <p id={`${id}-note`} className="field-help">
      {because === '' ? (
        help
      ) : (
        <span className="field-because">
          <span className="because-arrow" aria-hidden>
            ↳{' '}
          </span>
          {help === '' ? because : `${because} · ${help}`}
        </span>
      )}
    </p>
  )
}
