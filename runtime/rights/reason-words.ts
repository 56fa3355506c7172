import type { Ground, ReasonKind } from '@tessera/platform/access/reasons.js'
import type { GroupKind } from '@tessera/platform/definitions/record-access.js'
import { filled, type Label, type Locale, labelOf } from '@tessera/platform/label.js'
import type { Model, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'

type Words = Readonly<Record<Locale, string>>

/** What gives or withholds an action, whether it speaks of a record or not. */
const general: Readonly<Record<ReasonKind, Words>> = {
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
  pool: {
    en: 'The role {role} gives it on records of the pool, which have no owner.',
    'zh-CN': '角色「{role}」授予公海中无负责人的记录。',
  },
  shared: { en: 'The record is shared with them.', 'zh-CN': '该记录已共享给此人。' },
  parent: { en: 'The role {role} gives it where the parent record is open.', 'zh-CN': '角色「{role}」随父记录授予。' },
  restrict: { en: 'The role {role} withholds it.', 'zh-CN': '角色「{role}」予以限制。' },
  noGrant: { en: 'No role gives it.', 'zh-CN': '没有角色授予。' },
}

/** The same of the record that is asked about, by name. */
const concrete = {
  owner: {
    en: 'The role {role} gives it on records that one owns; {owner} owns this one.',
    'zh-CN': '角色「{role}」授予本人负责的记录；该记录由{owner}负责。',
  },
  pool: {
    en: 'The role {role} gives it on records of the pool; this one has no owner.',
    'zh-CN': '角色「{role}」授予公海中的记录；该记录无负责人。',
  },
  position: {
    en: 'The role {role} gives it on records of those in positions below: {owner} owns this one and has the position “{low}”, below “{high}”.',
    'zh-CN': '角色「{role}」授予下级岗位成员的记录：负责人{owner}的岗位「{low}」是「{high}」的下级。',
  },
  ownerRule: {
    en: 'The role {role} gives it by the rule “{name}”: records of owners in {of} are for {to}. {owner} owns this one.',
    'zh-CN': '角色「{role}」按规则「{name}」授予：{of}成员负责的记录向{to}开放。该记录由{owner}负责。',
  },
  group: {
    en: 'The role {role} gives it to {group}, which {name} names.',
    'zh-CN': '角色「{role}」授予{group}，由「{name}」指定。',
  },
  groupUnseen: {
    en: 'The role {role} gives it to a group that the record names.',
    'zh-CN': '角色「{role}」授予记录所指的组。',
  },
  groupAbove: {
    en: 'The role {role} gives it to {group}, which {name} names, and to those above: {above}.',
    'zh-CN': '角色「{role}」授予{group}（由「{name}」指定）及其上级：{above}。',
  },
  parent: {
    en: 'The role {role} gives it because the parent record is open: {parent}.',
    'zh-CN': '角色「{role}」随父记录授予：{parent}。',
  },
  restrictRule: {
    en: 'The role {role} withholds it on records that meet a rule.',
    'zh-CN': '角色「{role}」限制符合规则的记录。',
  },
  sharedBy: { en: '{by} shared it with {with}, {level}.', 'zh-CN': '{by}共享给{with}（{level}）。' },
  sharedByUntil: { en: '{by} shared it with {with}, {level}, until {until}.', 'zh-CN': '{by}共享给{with}（{level}），至 {until}。' },
  shared: { en: 'It is shared with {with}, {level}.', 'zh-CN': '已共享给{with}（{level}）。' },
  sharedUntil: { en: 'It is shared with {with}, {level}, until {until}.', 'zh-CN': '已共享给{with}（{level}），至 {until}。' },
  toRead: { en: 'to be seen', 'zh-CN': '可查看' },
  toEdit: { en: 'to be seen and changed', 'zh-CN': '可查看和修改' },
  undecided: { en: 'What decided are records that you cannot see.', 'zh-CN': '起决定作用的是你看不到的记录。' },
} as const satisfies Readonly<Record<string, Words>>

const kinds: Readonly<Record<GroupKind, Words>> = {
  position: { en: 'the position “{group}”', 'zh-CN': '岗位「{group}」' },
  team: { en: 'the team “{group}”', 'zh-CN': '团队「{group}」' },
  queue: { en: 'the queue “{group}”', 'zh-CN': '队列「{group}」' },
  territory: { en: 'the territory “{group}”', 'zh-CN': '区域「{group}」' },
}

/** A sentence about the record that is asked about. */
export const saying = (key: keyof typeof concrete, locale: Locale, params: Readonly<Record<string, string>> = {}): string =>
  filled(concrete[key][locale], params)

/** A group as people call it, with what it is. */
export const groupText = (kind: GroupKind, label: Label, locale: Locale): string =>
  filled(kinds[kind][locale], { group: labelOf(label, locale) })

/** What the role and the rule or field of a ground are called. */
export function groundNames({ kind, role, name }: Ground, object: ObjectModel, model: Model, locale: Locale) {
  const roleLabel: Label = lookup(model.roles, role ?? '')?.definition.label ?? role ?? ''
  const rule = object.definition.access?.rules?.find(one => one.rule === name)
  const named: Label = (kind === 'ownerRule' ? rule?.label : lookup(object.fields, name ?? '')?.label) ?? name ?? ''
  return { role: labelOf(roleLabel, locale), name: labelOf(named, locale) }
}

/** What gives or withholds an action, in words, of whichever record. */
export const generalText = (ground: Ground, names: ReturnType<typeof groundNames>, locale: Locale): string =>
  filled(general[ground.kind][locale], names)
