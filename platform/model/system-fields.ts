import { dateTime } from '../fields/date-time.js'
import type { FieldDefinition } from '../fields/definition.js'
import type { FieldType } from '../fields/field.js'
import { identifier, versionNumber } from '../fields/system.js'
import { user } from '../fields/user.js'
import type { Label } from '../label.js'
import type { FieldModel } from './model.js'
import { snake } from './naming.js'

const labels: Readonly<Record<string, Label>> = {
  id: { en: 'Id', 'zh-CN': '标识' },
  version: { en: 'Version', 'zh-CN': '版本' },
  createdAt: { en: 'Created', 'zh-CN': '创建时间' },
  updatedAt: { en: 'Updated', 'zh-CN': '更新时间' },
  deletedAt: { en: 'Deleted', 'zh-CN': '删除时间' },
  createdBy: { en: 'Created by', 'zh-CN': '创建人' },
  updatedBy: { en: 'Updated by', 'zh-CN': '更新人' },
  owner: { en: 'Owner', 'zh-CN': '负责人' },
}

const types: readonly (readonly [string, FieldType])[] = [
  ['id', identifier],
  ['version', versionNumber],
  ['createdAt', dateTime],
  ['updatedAt', dateTime],
  ['deletedAt', dateTime],
  ['createdBy', user],
  ['updatedBy', user],
]

/** The fields that every record of an object has; `owner` only where the object has owners. */
export const systemFields = (object: string, hasOwner: boolean): FieldModel[] =>
  (hasOwner ? [...types, ['owner', user] as const] : types).map(([name, type]) => systemField(object, name, type))

/** The names that system fields take, whether or not the object has an owner. */
export const systemNames: readonly string[] = Object.keys(labels)

function systemField(object: string, name: string, type: FieldType): FieldModel {
  const definition: FieldDefinition = { type: type.name, ...(name === 'owner' ? { default: 'currentUser', inFilter: true } : {}) }
  const suffix = type.relation ? 'Id' : ''
  const column = type.columns(definition)[0]
  return {
    name,
    object,
    label: labels[name] ?? name,
    type,
    class: type.class(definition),
    definition,
    key: `${name}${suffix}`,
    columns: column ? [{ key: `${name}${suffix}`, name: snake(`${name}${suffix}`), type: column.type }] : [],
    relation: type.relation ? { kind: type.relation, to: null, onDelete: 'setNull' } : null,
    system: true,
    writable: name === 'owner',
    rule: null,
    rollup: null,
    currency: null,
    currencyOf: null,
  }
}
