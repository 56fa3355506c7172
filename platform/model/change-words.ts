import { type Label, type Locale, labelOf } from '../label.js'
import { lookup } from '../registry.js'
import type { Change } from './changes.js'
import type { FieldModel, Model } from './model.js'
import { propertyChange, type Telling } from './property-changes.js'

/** Says a rule in words: as it was, or as it is; null where it cannot be said. */
export type RuleText = (
  rule: unknown,
  place: { readonly side: 'before' | 'after'; readonly object: string; readonly locale: Locale },
) => string | null

/**
 * What a difference means, in words for the person who publishes.
 * @param model the later model, for the labels of what a field points at
 * @param ruleText how rules are said; without it, only that they differ
 */
export function wordsOf(change: Change, model: Model, ruleText?: RuleText): Label {
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
      `Changed: ${differences(change, model, 'en', ruleText).join('; ')}.`,
      `修改：${differences(change, model, 'zh-CN', ruleText).join('；')}。`,
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

/** What differs, property by property, each thing said once: several properties may have the same word. */
export function differences({ properties, definitions, field }: Change, model: Model, locale: Locale, ruleText?: RuleText): string[] {
  const [before, after]: Readonly<Record<string, unknown>>[] = [{ ...definitions?.before }, { ...definitions?.after }]
  const said = properties.map(property => {
    // the filter of a rollup is about its children, the condition of a choice about the records that can be chosen
    const objectOf = (of: FieldModel | null | undefined, thing: Readonly<Record<string, unknown>> = {}): string =>
      of
        ? ((property === 'where' ? of.rollup?.object : property === 'candidates' ? of.relation?.to : null) ?? of.object)
        : String(thing.object ?? (thing.on as { object?: string } | undefined)?.object ?? '')
    const objects = { before: objectOf(field?.before, before), after: objectOf(field?.after, after) }
    return propertyChange(property, before ?? {}, after ?? {}, tellingOf(objects, model, definitions, locale, ruleText))
  })
  return [...new Set(said)]
}

/** How what is said of an object is told. */
function tellingOf(
  objects: Readonly<Record<'before' | 'after', string>>,
  model: Model,
  definitions: Change['definitions'],
  locale: Locale,
  ruleText?: RuleText,
): Telling {
  const object = lookup(model.objects, objects.after)
  return {
    locale,
    fieldLabel: name => {
      const named = lookup(object?.fields ?? {}, name) ?? lookup(object?.children ?? {}, name) ?? lookup(definitions?.fields ?? {}, name)
      return labelOf(named?.label, locale)
    },
    objectLabel: name => labelOf((lookup(model.objects, name) ?? lookup(definitions?.objects ?? {}, name))?.label, locale),
    ...(ruleText ? { ruleText: (rule, side) => ruleText(rule, { side, object: objects[side], locale }) } : {}),
    within: name => tellingOf({ before: name, after: name }, model, null, locale, ruleText),
  }
}

type Words = Readonly<Record<string, { readonly en: string; readonly 'zh-CN': string }>>

const kindWords: Words = {
  app: { en: 'app', 'zh-CN': '应用' },
  object: { en: 'object', 'zh-CN': '对象' },
  field: { en: 'field', 'zh-CN': '字段' },
  optionSet: { en: 'option set', 'zh-CN': '选项集' },
  form: { en: 'form', 'zh-CN': '表单' },
  view: { en: 'view', 'zh-CN': '视图' },
  page: { en: 'record page', 'zh-CN': '记录页' },
  template: { en: 'template', 'zh-CN': '模板' },
  report: { en: 'report', 'zh-CN': '报表' },
  workflow: { en: 'workflow', 'zh-CN': '工作流' },
  role: { en: 'role', 'zh-CN': '角色' },
  navigation: { en: 'navigation', 'zh-CN': '导航' },
}
