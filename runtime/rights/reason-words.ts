import type { ReasonKind } from '@tessera/platform/access/reasons.js'
import { type Label, type Locale, labelOf } from '@tessera/platform/label.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import type { AccessReason } from './explain-access.js'

const words: Readonly<Record<ReasonKind, Readonly<Record<Locale, string>>>> = {
  everything: { en: 'The role {role} gives it on every record.', 'zh-CN': '角色「{role}」授予全部记录。' },
  default: {
    en: 'The role {role} gives it, and the object is open to everybody who has it.',
    'zh-CN': '角色「{role}」授予，且该对象默认开放。',
  },
  recordRule: { en: 'The role {role} gives it on records that meet its rule.', 'zh-CN': '角色「{role}」授予符合其规则的记录。' },
  owner: { en: 'The role {role} gives it on records that one owns.', 'zh-CN': '角色「{role}」授予本人负责的记录。' },
  position: { en: 'The role {role} gives it on records of those in positions below.', 'zh-CN': '角色「{role}」授予下级岗位成员的记录。' },
  ownerRule: {
    en: 'The role {role} gives it by the rule “{name}” over the owners.',
    'zh-CN': '角色「{role}」按负责人规则「{name}」授予。',
  },
  group: { en: 'The role {role} gives it to the group that {name} names.', 'zh-CN': '角色「{role}」授予「{name}」所指的组。' },
  pool: { en: 'The record has no owner and stands in the pool.', 'zh-CN': '记录无负责人，位于公海。' },
  shared: { en: 'The record is shared with them.', 'zh-CN': '该记录已共享给此人。' },
  parent: { en: 'The role {role} gives it where the parent record is open.', 'zh-CN': '角色「{role}」随父记录授予。' },
  restrict: { en: 'The role {role} withholds it.', 'zh-CN': '角色「{role}」予以限制。' },
  noGrant: { en: 'No role gives it.', 'zh-CN': '没有角色授予。' },
}

/** What gives or withholds an action, in words. */
export function reasonText({ kind, role, name }: AccessReason, object: ObjectModel, model: Model, locale: Locale): string {
  const roleLabel: Label = lookup(model.roles, role ?? '')?.definition.label ?? role ?? ''
  const rule = object.definition.access?.rules?.find(one => one.rule === name)
  const named: Label = (kind === 'ownerRule' ? rule?.label : lookup(object.fields, name ?? '')?.label) ?? name ?? ''
  return words[kind][locale].replace('{role}', labelOf(roleLabel, locale)).replace('{name}', labelOf(named, locale))
}
