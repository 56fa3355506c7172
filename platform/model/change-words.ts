import { type Label, labelOf } from '../label.js'
import { lookup } from '../registry.js'
import type { Change } from './changes.js'
import type { Model } from './model.js'

/**
 * What a difference means, in words for the person who publishes.
 * @param model the later model, for the labels of what a field points at
 */
export function wordsOf(change: Change, model: Model): Label {
  const name = nameOf(change.path)
  const { before = null, after = null } = change.field ?? {}
  if (change.do === 'rename')
    return both(
      `Was called ${nameOf(change.was ?? '')}, is now ${name}. The data stays where it is.`,
      `由 ${nameOf(change.was ?? '')} 改名为 ${name}，数据不动。`,
    )
  if (change.do === 'retype' && before && after) {
    return both(
      `From ${typeOf(before, 'en', model)} to ${typeOf(after, 'en', model)}. The values are taken over where they fit.`,
      `由${typeOf(before, 'zh-CN', model)}改为${typeOf(after, 'zh-CN', model)}，能转换的值会保留。`,
    )
  }
  if (change.do === 'change') {
    return both(
      `Changed: ${change.properties.map(property => wordOf(property, 'en')).join(', ')}.`,
      `修改：${change.properties.map(property => wordOf(property, 'zh-CN')).join('、')}。`,
    )
  }
  if (change.do === 'return')
    return change.kind === 'object'
      ? both('Comes back with its records.', '连同记录一起恢复。')
      : both('Comes back with the values it had.', '连同原有的值一起恢复。')
  if (change.do === 'add' && after)
    return both(
      `New field of type ${typeOf(after, 'en', model)}. At once; no data is touched.`,
      `新字段，类型为${typeOf(after, 'zh-CN', model)}。立即生效，不影响数据。`,
    )
  if (change.do === 'add') return both(`New ${kindOf(change.kind, 'en')}.`, `新增${kindOf(change.kind, 'zh-CN')}。`)
  if (change.kind === 'object' || change.kind === 'field')
    return both('Removed. It can be brought back with its values for 30 days.', '移除。30 天内可连同数据恢复。')
  return both(`The ${kindOf(change.kind, 'en')} is removed.`, `移除${kindOf(change.kind, 'zh-CN')}。`)
}

/** A kind of definition as people call it. */
export const kindOf = (kind: string, locale: 'en' | 'zh-CN'): string => lookup(kindWords, kind)?.[locale] ?? kind

const both = (en: string, chinese: string): Label => ({ en, 'zh-CN': chinese })

const nameOf = (path: string): string => path.split('/').at(-1) ?? ''

function typeOf(field: NonNullable<NonNullable<Change['field']>['after']>, locale: 'en' | 'zh-CN', model: Model): string {
  const target = field.relation?.to ? lookup(model.objects, field.relation.to) : undefined
  const type = labelOf(field.type.label, locale)
  return target ? (locale === 'en' ? `${type} (${labelOf(target.label, locale)})` : `${type}（${labelOf(target.label, locale)}）`) : type
}

const wordOf = (property: string, locale: 'en' | 'zh-CN'): string => lookup(propertyWords, property)?.[locale] ?? property

type Words = Readonly<Record<string, { readonly en: string; readonly 'zh-CN': string }>>

const kindWords: Words = {
  app: { en: 'app', 'zh-CN': '应用' },
  object: { en: 'object', 'zh-CN': '对象' },
  field: { en: 'field', 'zh-CN': '字段' },
  form: { en: 'form', 'zh-CN': '表单' },
  view: { en: 'view', 'zh-CN': '视图' },
  report: { en: 'report', 'zh-CN': '报表' },
  workflow: { en: 'workflow', 'zh-CN': '工作流' },
  role: { en: 'role', 'zh-CN': '角色' },
  navigation: { en: 'navigation', 'zh-CN': '导航' },
}

const propertyWords: Words = {
  label: { en: 'label', 'zh-CN': '名称' },
  pluralLabel: { en: 'plural label', 'zh-CN': '复数名称' },
  plural: { en: 'API plural', 'zh-CN': 'API 复数名' },
  description: { en: 'description', 'zh-CN': '说明' },
  help: { en: 'help', 'zh-CN': '帮助' },
  icon: { en: 'icon', 'zh-CN': '图标' },
  title: { en: 'title field', 'zh-CN': '标题字段' },
  required: { en: 'required', 'zh-CN': '必填' },
  default: { en: 'default', 'zh-CN': '默认值' },
  unique: { en: 'unique', 'zh-CN': '唯一' },
  index: { en: 'index', 'zh-CN': '索引' },
  options: { en: 'options', 'zh-CN': '选项' },
  rule: { en: 'formula', 'zh-CN': '公式' },
  rules: { en: 'rules', 'zh-CN': '规则' },
  columns: { en: 'columns', 'zh-CN': '列' },
  sections: { en: 'sections', 'zh-CN': '分区' },
  grants: { en: 'grants', 'zh-CN': '授权' },
  where: { en: 'condition', 'zh-CN': '条件' },
  sort: { en: 'order', 'zh-CN': '排序' },
  object: { en: 'object', 'zh-CN': '对象' },
  on: { en: 'trigger', 'zh-CN': '触发条件' },
  when: { en: 'condition', 'zh-CN': '条件' },
  groupBy: { en: 'grouping', 'zh-CN': '分组依据' },
  measures: { en: 'measures', 'zh-CN': '度量' },
  chart: { en: 'chart', 'zh-CN': '图表' },
  steps: { en: 'steps', 'zh-CN': '步骤' },
  groups: { en: 'groups', 'zh-CN': '分组' },
  ranges: { en: 'ranges that may not overlap', 'zh-CN': '不可重叠的区间' },
}
