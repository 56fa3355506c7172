import type { ExampleDefinition } from '@tessera/platform/fields/example-shape.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { type ExampledRule, plainText, runExample } from '@tessera/platform/records/examples.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button, Input, Select } from 'antd'
import { Check, CircleAlert, Plus, Trash2 } from 'lucide-react'
import { useId } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { IconButton } from '../ui/small.js'
import { ExampleRecord } from './example-record.js'
import { givenFrom, givenParts, valueIn, withValue } from './example-values.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'
import './examples.css'

interface ExamplesInputProps {
  object: string
  examples: readonly ExampleDefinition[]
  /** The rules that examples can be of, by what `for` says; the only one has the key `''`. */
  rules: Readonly<Record<string, { readonly label: string; readonly ruled: ExampledRule }>>
  onChange: (next: readonly ExampleDefinition[] | undefined) => void
}

/** Examples of a rule, each with whether it is green, tried while they and the rule are typed. */
export default function ExamplesInput({ object, examples, rules, onChange }: ExamplesInputProps) {
  const { t } = useTexts()
  const { model } = useWorkshop()
  const of = lookup(model.objects, object)
  const names = Object.keys(rules)
  if (!of || names.length === 0) return null
  const put = (next: readonly ExampleDefinition[]) => onChange(next.length > 0 ? next : undefined)
  const nameOf = (example: ExampleDefinition) => example.for ?? names[0] ?? ''
  const add = (given: ExampleDefinition['given']) => {
    const name = names[0] ?? ''
    const ruled = rules[name]?.ruled
    const example: ExampleDefinition = { ...(name === '' ? {} : { for: name as never }), given, expect: null }
    const value = ruled ? runExample(ruled, { ...example, expect: ruled.field ? null : false }, of, model, '').value : null
    put([...examples, { ...example, expect: value }])
  }
  return (
    <div className="property examples" role="group" aria-label={t('examples')}>
      <span className="property-label">{t('examples')}</span>
      {examples.map((example, index) => (
        <ExampleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: examples have no identity of their own
          key={index}
          number={index + 1}
          example={example}
          name={nameOf(example)}
          rules={rules}
          object={of}
          onChange={next => put(examples.map((each, at) => (at === index ? next : each)))}
          onRemove={() => put(examples.filter((_, at) => at !== index))}
        />
      ))}
      <div className="examples-add">
        <Button size="small" type="dashed" icon={<Plus size={14} aria-hidden />} onClick={() => add({})}>
          {t('examples.add')}
        </Button>
        <ExampleRecord
          object={of}
          parts={Object.values(rules).flatMap(({ ruled }) => givenParts(ruled.rule, of, model))}
          onTake={(record, parts) => add(givenFrom(record, parts))}
        />
      </div>
    </div>
  )
}

interface ExampleRowProps extends Pick<ExamplesInputProps, 'rules'> {
  number: number
  example: ExampleDefinition
  name: string
  object: ObjectModel
  onChange: (next: ExampleDefinition) => void
  onRemove: () => void
}

function ExampleRow({ number, example, name, rules, object, onChange, onRemove }: ExampleRowProps) {
  const { t } = useTexts()
  const id = useId()
  const label = useLabel()
  const { locale } = useApp()
  const { model } = useWorkshop()
  const ruled = rules[name]?.ruled
  const result = ruled && runExample(ruled, example, object, model, '')
  const isGreen = result?.isGreen === true && result.reference?.isSame !== false
  const wrong = result?.isGreen
    ? t('examples.reading', { value: plainText(result.reference?.there, locale) })
    : t('examples.red', { value: plainText(result?.value, locale) })
  const known = ruled ? givenParts(ruled.rule, object, model) : []
  const title = label(example.name) || t('examples.number', { number })
  const set = (path: readonly string[], value: unknown) => onChange({ ...example, given: withValue(example.given, path, value) })
  return (
    <section className={isGreen ? 'example green' : 'example red'} aria-label={title}>
      <div className="example-head">
        {isGreen ? <Check size={15} aria-hidden /> : <CircleAlert size={15} aria-hidden />}
        <span className="grow cut">{title}</span>
        <IconButton icon={Trash2} label={t('examples.remove', { name: title })} onClick={onRemove} />
      </div>
      {Object.keys(rules).length > 1 && (
        <Select
          size="small"
          aria-label={t('examples.for')}
          value={name}
          onChange={next => onChange({ ...example, for: next as never })}
          options={Object.entries(rules).map(([value, rule]) => ({ value, label: rule.label }))}
        />
      )}
      {known.map(({ path, field }) => (
        <label key={path.join('.')} className="example-value" htmlFor={`${id}-${path.join('-')}`}>
          <span>{path[0] === 'before' ? t('examples.before', { name: label(field.label) }) : label(field.label)}</span>
          <GivenInput id={`${id}-${path.join('-')}`} value={valueIn(example.given, path)} onChange={value => set(path, value)} />
        </label>
      ))}
      <label className="example-value" htmlFor={`${id}-expect`}>
        <span>{t('examples.expect')}</span>
        <GivenInput
          id={`${id}-expect`}
          value={example.expect}
          isCondition={ruled?.rule.type === 'boolean'}
          onChange={value => onChange({ ...example, expect: value ?? null })}
        />
      </label>
      <p className="example-result" role="status">
        {isGreen ? t('examples.green') : (result?.issues[0]?.message ?? wrong)}
      </p>
    </section>
  )
}

interface GivenInputProps {
  id: string
  value: unknown
  isCondition?: boolean
  onChange: (value: unknown) => void
}

/** A value of an example as the API writes it; what is a list or has parts is typed as JSON. */
function GivenInput({ id, value, isCondition = typeof value === 'boolean', onChange }: GivenInputProps) {
  const { t } = useTexts()
  if (isCondition)
    return (
      <Select
        id={id}
        size="small"
        style={{ width: '100%' }}
        value={value === true ? 'yes' : 'no'}
        onChange={next => onChange(next === 'yes')}
        options={['yes', 'no'].map(each => ({ value: each, label: t(`examples.${each}`) }))}
      />
    )
  const isParts = typeof value === 'object' && value !== null
  const text = value === null || value === undefined ? '' : isParts ? JSON.stringify(value) : String(value)
  return (
    <Input
      id={id}
      size="small"
      value={text}
      placeholder={t('examples.empty')}
      onChange={event => onChange(readText(event.target.value, value))}
    />
  )
}

/** What was typed, in the form that stood there: numbers stay numbers, what is JSON is read. */
function readText(text: string, former: unknown): unknown {
  if (text === '') return null
  if (typeof former === 'number' && /^-?\d+$/.test(text)) return Number(text)
  if (!/^[[{]/.test(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
