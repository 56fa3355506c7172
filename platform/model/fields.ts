import type { ObjectDefinition } from '../definitions/object.js'
import { type Issue, issue, issueUnder } from '../errors.js'
import { choiceClass } from '../fields/classes.js'
import { currency as currencyType } from '../fields/currency.js'
import { dateTime } from '../fields/date-time.js'
import type { FieldDefinition } from '../fields/definition.js'
import type { FieldType } from '../fields/field.js'
import { fieldTypes } from '../fields/index.js'
import { lookupValue } from '../fields/lookup-value.js'
import { manyToMany } from '../fields/many-to-many.js'
import { polymorphic, targetsOf } from '../fields/polymorphic.js'
import { select } from '../fields/select.js'
import { text } from '../fields/text.js'
import { type Label, labelOf } from '../label.js'
import { lookup } from '../registry.js'
import { suggestion } from '../rules/suggestion.js'
import { typeOfLookupValue } from './lookup-values.js'
import type { ColumnModel, CurrencySource, FieldModel } from './model.js'
import { physicalName, snake } from './naming.js'
import { sinceLabel, sinceName, withBeginning } from './states.js'
import { systemFields } from './system-fields.js'

/** The fields of an object, system fields first; rules of formulas and currencies of lines are linked later. */
export function compileFields(definition: ObjectDefinition, issues: Issue[]): Record<string, FieldModel> {
  const path = `objects/${definition.object}/fields`
  const fields: Record<string, FieldModel> = Object.fromEntries(
    systemFields(definition.object, hasOwner(definition)).map(field => [field.name, field]),
  )
  for (const [name, field] of Object.entries(definition.fields)) {
    const type = lookup(fieldTypes, field.type)
    if (!type) {
      issues.push(
        issue('FIELD_TYPE_UNKNOWN', `${path}/${name}/type`, {
          type: field.type,
          suggestion: suggestion(field.type, Object.keys(fieldTypes)),
        }),
      )
      // linked as a text, so that whatever names it is not reported too
      fields[name] = fieldModel(
        definition.object,
        name,
        { type: text.name, ...(field.label === undefined ? {} : { label: field.label }) },
        text,
      )
      continue
    }
    checkProperties(name, field, type, `${path}/${name}`, issues)
    // it has no value of its own: its links are an object
    if (type === manyToMany) continue
    fields[name] = fieldModel(definition.object, name, withBeginning(field), type === lookupValue ? typeOfLookupValue(field) : type)
  }
  addSinces(definition.object, fields)
  addCurrencies(definition.object, fields, path, issues)
  addTypes(definition.object, fields)
  return fields
}

/** Beside each state stands since when a record is in it. */
function addSinces(object: string, fields: Record<string, FieldModel>): void {
  for (const field of Object.values(fields).filter(known => known.definition.states !== undefined)) {
    const { was } = field.definition
    const definition: FieldDefinition = {
      type: dateTime.name,
      label: sinceLabel(field.label),
      readOnly: true,
      ...(was ? { was: was.map(sinceName) } : {}),
    }
    fields[sinceName(field.name)] ??= { ...fieldModel(object, sinceName(field.name), definition, dateTime), sinceOf: field.name }
  }
}

/** Whether records of an object have an owner: as it says, else when it has no parent. */
export const hasOwner = (definition: ObjectDefinition): boolean =>
  definition.owner === undefined
    ? !Object.values(definition.fields).some(field => field.type === 'masterDetail')
    : definition.owner === 'user'

function fieldModel(object: string, name: string, definition: FieldDefinition, type: FieldType): FieldModel {
  const columns = type.columns(definition).map(
    ({ suffix, type: columnType }): ColumnModel => ({
      key: `${name}${suffix}`,
      name: physicalName(snake(`${name}${suffix}`)),
      type: columnType,
    }),
  )
  return {
    name,
    object,
    label: definition.label ?? name,
    type,
    class: type.class(definition),
    definition,
    key: type.relation || type === polymorphic ? `${name}Id` : name,
    columns,
    relation: relationOf(object, definition, type),
    system: false,
    writable: type.writable && !definition.readOnly,
    rule: null,
    rollup: null,
    currency: null,
    currencyOf: null,
    ...(type === polymorphic ? { targets: targetsOf(definition) } : {}),
    ...(definition.type === lookupValue.name &&
    definition.mode !== 'snapshot' &&
    definition.of !== undefined &&
    definition.field !== undefined
      ? { along: { relation: definition.of, field: definition.field } }
      : {}),
  }
}

function relationOf(object: string, definition: FieldDefinition, { relation }: FieldType): FieldModel['relation'] {
  if (!relation) return null
  return {
    kind: relation,
    to: relation === 'member' ? null : relation === 'hierarchy' ? object : (definition.to ?? null),
    onDelete: relation === 'masterDetail' ? 'cascade' : (definition.onDelete ?? (relation === 'hierarchy' ? 'restrict' : 'setNull')),
  }
}

function checkProperties(name: string, field: FieldDefinition, type: FieldType, path: string, issues: Issue[]): void {
  if (field.options) {
    const seen = new Set<string>()
    field.options.forEach((option, index) => {
      if (seen.has(option.value)) issues.push(issue('OPTION_DOUBLE', `${path}/options/${index}`, { value: option.value }))
      seen.add(option.value)
    })
  }
  if (
    (type.name === 'select' || type.name === 'multiSelect' || (type.name === 'formula' && field.returns === 'select')) &&
    (field.options ?? []).length === 0
  )
    issues.push(issue('OPTIONS_EMPTY', `${path}/options`))
  if (field.min !== undefined && field.max !== undefined && Number(field.min) > Number(field.max))
    issues.push(issue('BOUNDS_CROSSED', `${path}/min`, { min: String(field.min), max: String(field.max) }))
  if (field.pattern !== undefined) checkPattern(field.pattern, `${path}/pattern`, issues)
  if (
    field.unique &&
    ((!type.writable && type.name !== 'autonumber') || !type.class(field).sortable || type.class(field).parts !== undefined)
  )
    issues.push(issue('PROPERTY_UNFIT', `${path}/unique`, { property: 'unique', type: type.name }))
  for (const { property, misfit } of type.check?.(field) ?? []) issues.push(issue(misfit.code, `${path}/${property}`, misfit.params))
  checkDefault(name, field, type, path, issues)
}

function checkPattern(pattern: string, path: string, issues: Issue[]): void {
  try {
    new RegExp(pattern, 'u')
  } catch (error) {
    issues.push(issue('PATTERN_INVALID', path, { reason: error instanceof Error ? error.message : '' }))
  }
}

function checkDefault(name: string, field: FieldDefinition, type: FieldType, path: string, issues: Issue[]): void {
  if (field.default === undefined || isDynamicDefault(type, field.default)) return
  if (!type.writable) {
    issues.push(issue('PROPERTY_UNFIT', `${path}/default`, { property: 'default', type: type.name }))
    return
  }
  const parsed = type.parse(field.default, field)
  if ('misfit' in parsed) {
    const reason = issue(parsed.misfit.code, '', { field: field.label ?? name, ...parsed.misfit.params })
    issues.push(
      issueUnder(`${path}/default`, issue('DEFAULT_INVALID', '', { value: JSON.stringify(field.default), reason: reason.message })),
    )
  }
}

/** Whether a default stands for a value that is only known when a record is made. */
export const isDynamicDefault = (type: FieldType, value: unknown): boolean =>
  (type.name === 'date' && value === 'today') ||
  (type.name === 'dateTime' && value === 'now') ||
  (type.name === 'user' && value === 'currentUser')

/** Beside a field that points at several objects: the one that it points at now. */
function addTypes(object: string, fields: Record<string, FieldModel>): void {
  for (const field of Object.values(fields)) {
    if (!field.targets) continue
    const name = typeFieldName(field.name)
    const definition: FieldDefinition = {
      type: select.name,
      label: typeFieldLabel(field.label),
      hidden: true,
      options: field.targets.map(value => ({ value })),
      ...(field.definition.was ? { was: field.definition.was.map(typeFieldName) } : {}),
    }
    fields[name] ??= { ...fieldModel(object, name, definition, select), writable: false, typeOf: field.name }
  }
}

/** What people call that field. */
const typeFieldLabel = (label: Label): Label => ({
  en: `${labelOf(label, 'en')} (kind)`,
  'zh-CN': `${labelOf(label, 'zh-CN')}（类型）`,
})

/** The field that names the object of what a polymorphic field points at. */
export const typeFieldName = (name: string): string => `${name}Type`

function addCurrencies(object: string, fields: Record<string, FieldModel>, path: string, issues: Issue[]): void {
  const holders = Object.values(fields).filter(field => field.type.name === 'currency')
  const amounts = Object.values(fields).filter(field => field.type.name === 'money' || field.definition.returns === 'money')
  const isLine = Object.values(fields).some(field => field.type.name === 'masterDetail')
  const byRecord = amounts.filter(field => field.definition.currency === 'record')
  if (byRecord.length > 0 && holders.length > 1) issues.push(issue('CURRENCY_FIELD_DOUBLE', `${path}/${holders[1]?.name ?? ''}`))
  for (const field of amounts) {
    const source = sourceOf(field, holders[0])
    if (source === null && !isLine) issues.push(issue('CURRENCY_FIELD_MISSING', `${path}/${field.name}/currency`))
    fields[field.name] = { ...field, currency: source }
    fields[`${field.name}Currency`] ??= currencyField(object, field, source)
  }
}

function sourceOf(field: FieldModel, holder: FieldModel | undefined): CurrencySource | null {
  const own = field.columns[1]
  if (field.definition.currency === 'own' && own) return { from: 'own', column: own }
  if (field.definition.currency !== 'record') return { from: 'workspace' }
  const column = holder?.columns[0]
  return column ? { from: 'record', column } : null
}

const currencyField = (object: string, amount: FieldModel, source: CurrencySource | null): FieldModel => {
  const definition: FieldDefinition = { type: 'currency', inFilter: false }
  return {
    name: `${amount.name}Currency`,
    object,
    label: currencyType.label,
    type: currencyType,
    class: choiceClass,
    definition,
    key: `${amount.name}Currency`,
    columns: source?.from === 'own' ? [source.column] : [],
    relation: null,
    system: false,
    writable: source?.from === 'own',
    rule: null,
    rollup: null,
    currency: source,
    currencyOf: amount.name,
  }
}
