import { filled, type Label, type Locale, labelOf } from '../label.js'
import type { ChildModel, FieldModel, FieldRules, Model, ObjectModel, ValidationModel } from '../model/model.js'
import { fieldAlong } from '../model/scope.js'
import { type CheckedRule, type Rule, readsIn } from '../rules/rule.js'
import type { Trace } from '../rules/trace.js'
import { ruleWords } from '../rules/words.js'
import { holds, isEmpty, type Judged, traceOver, valueAt } from './check.js'
import { isRequired, isVisible, type RuledField } from './check-fields.js'
import { type Lock, lockOf } from './locks.js'
import { type Explaining, inputText, isWhollyShown, ownPath, ruleNaming, unseen } from './rule-naming.js'
import { linkRulesOf } from './ruled-links.js'
import { isEditable, stateFieldsOf, stateLabel } from './transitions.js'
import { valueText } from './wording.js'

/** One line of an explanation, already in the reader's words. */
export interface WhyLine {
  /** How deep it stands under the lines before it; the first have 0. */
  readonly level: number
  readonly text: string
  /** What stands there, as people read it; null for a line that has no value. */
  readonly value: string | null
  /** Of a condition whether it held; null where it was not asked, and of what is no condition. */
  readonly holds: boolean | null
  /** What explains an unexpected value: a division by zero, an empty input. */
  readonly remark: string | null
}

export const whyKinds = ['computed', 'rollup', 'hidden', 'visible', 'required', 'readOnly', 'default', 'options', 'refused'] as const
export type WhyKind = (typeof whyKinds)[number]

/** Why a value or a field is as it is: a sentence, and the rule with its inputs. */
export interface Why {
  readonly kind: WhyKind
  readonly title: string
  readonly lines: readonly WhyLine[]
}

const titles: Readonly<Record<WhyKind, Readonly<Record<Locale, string>>>> = {
  computed: { en: '{field} is computed', 'zh-CN': '{field}由公式计算' },
  rollup: { en: '{field} is gathered from other records', 'zh-CN': '{field}由其他记录汇总' },
  hidden: { en: '{field} is not shown', 'zh-CN': '{field}没有显示' },
  visible: { en: '{field} is shown', 'zh-CN': '{field}显示出来' },
  required: { en: '{field} is required', 'zh-CN': '{field}必填' },
  readOnly: { en: '{field} cannot be changed', 'zh-CN': '{field}不能修改' },
  default: { en: '{field} begins with a value from a rule', 'zh-CN': '{field}的初始值由规则给出' },
  options: { en: '“{option}” cannot be chosen for {field} now', 'zh-CN': '{field}现在不能选「{option}」' },
  refused: { en: '{field}', 'zh-CN': '{field}' },
}

const say = {
  and: { en: 'All of these', 'zh-CN': '以下全部满足' },
  or: { en: 'One of these', 'zh-CN': '以下满足一项' },
  not: { en: 'This must not hold', 'zh-CN': '以下不成立' },
  zero: { en: 'A number is divided by zero here, so nothing comes out.', 'zh-CN': '这里除数为 0，因此没有结果。' },
  empty: { en: 'Empty, because {field} is empty.', 'zh-CN': '因「{field}」为空，结果为空。' },
  unseen: { en: 'A condition on fields that you cannot see', 'zh-CN': '涉及你看不到的字段的条件' },
  always: { en: 'Always', 'zh-CN': '始终如此' },
} as const satisfies Readonly<Record<string, Label>>

/** The sentence over an explanation. */
export const whyTitle = (kind: WhyKind, field: Label, { locale }: Pick<Explaining, 'locale'>, option = ''): string =>
  filled(titles[kind][locale], { field: labelOf(field, locale), option })

const line = (level: number, text: string, more: Partial<WhyLine> = {}): WhyLine => ({
  level,
  text,
  value: null,
  holds: null,
  remark: null,
  ...more,
})

/** What is known while a rule is told. */
interface Place {
  readonly judged: Judged
  readonly telling: Explaining
  readonly traces: ReadonlyMap<Rule, Trace>
}

const placeOf = (rule: CheckedRule, judged: Judged, telling: Explaining): Place & { readonly trace: Trace } => {
  const trace = traceOver(rule, judged)
  const traces = new Map<Rule, Trace>()
  const note = (one: Trace) => {
    if (typeof one.rule === 'object' && one.rule !== null) traces.set(one.rule, one)
    one.inputs.forEach(note)
  }
  note(trace)
  return { judged, telling, traces, trace }
}

/** A condition with whether each of its parts held, and what stands in what it reads. */
export const explainCondition = (rule: CheckedRule, judged: Judged, telling: Explaining): WhyLine[] =>
  conditionLines(rule, 0, placeOf(rule, judged, telling))

function conditionLines(node: CheckedRule, level: number, place: Place): WhyLine[] {
  const { judged, telling } = place
  if (node.kind === 'widen') return conditionLines(node.value, level, place)
  if (telling.isStrict && !hasShown(node, telling)) return [line(level, labelOf(say.unseen, telling.locale))]
  const found = place.traces.get(node.rule)
  const holds = node.kind === 'literal' ? node.value === true : found ? found.value === true : null
  const group = groupOf(node)
  if (group && node.kind === 'call')
    return [line(level, labelOf(say[group], telling.locale), { holds }), ...partsLines(node.args, level + 1, place)]
  const text = node.kind === 'literal' ? labelOf(say.always, telling.locale) : ruleWords(node, namingOf(judged, telling))
  return [line(level, text, { holds, remark: remarkOf(node, place) }), ...inputLines(node, level + 1, place)]
}

/** The parts of a group; of those that the reader does not see one line stands for all. */
function partsLines(parts: readonly CheckedRule[], level: number, place: Place): WhyLine[] {
  const { telling } = place
  const shown = telling.isStrict ? parts.filter(part => hasShown(part, telling)) : parts
  const unseenLines = shown.length < parts.length ? [line(level, labelOf(say.unseen, telling.locale))] : []
  return [...shown.flatMap(part => conditionLines(part, level, place)), ...unseenLines]
}

/** Whether anything of a condition can be told to who may not see everything that it reads. */
function hasShown(node: CheckedRule, telling: Explaining): boolean {
  if (node.kind === 'widen') return hasShown(node.value, telling)
  if (groupOf(node) && node.kind === 'call') return node.args.some(arg => hasShown(arg, telling))
  return isWhollyShown(readsIn(node), telling)
}

function groupOf(node: CheckedRule): 'and' | 'or' | 'not' | null {
  if (node.kind !== 'call') return null
  if ((node.operator === 'and' || node.operator === 'or') && node.args.length > 1) return node.operator
  const [inner] = node.args
  return node.operator === '!' && inner && (groupOf(inner) === 'and' || groupOf(inner) === 'or') ? 'not' : null
}

const namingOf = (judged: Judged, telling: Explaining) => ruleNaming(judged.object, telling, judged.moment, judged)

/** How deep formulas are opened that a rule reads. */
const deepest = 4

/** What a part of a rule reads, each once, with what stands there; computed values with how they come about. */
function inputLines(node: CheckedRule, level: number, { judged, telling }: Place): WhyLine[] {
  const { paths, rows } = readsIn(node)
  const naming = namingOf(judged, telling)
  // who acts is called by their name already
  const told = paths.filter(path => telling.who === undefined || path[0] !== 'user')
  const own = told.flatMap(path => {
    const found = line(level, naming.nameOf(path), { value: inputText(path, judged, telling) })
    return [found, ...openedLines(path, level + 1, judged, telling)]
  })
  const counted = [...new Map(rows.map(({ at }) => [at.join('.'), at])).values()].map(at =>
    line(level, naming.nameOf(at), { value: countText(at, judged, telling) }),
  )
  return [...own, ...counted]
}

const countText = (at: readonly string[], judged: Judged, { isShown, locale }: Explaining): string => {
  if (!isShown(ownPath(at))) return unseen
  const count = judged.rows?.(at.at(-1) ?? '', judged.after).length ?? 0
  return locale === 'zh-CN' ? `${count} 条` : String(count)
}

/** How a computed value that a rule reads of its own record comes about. */
function openedLines(path: readonly string[], level: number, judged: Judged, telling: Explaining): WhyLine[] {
  const own = ownPath(path)
  if (path[0] === 'before' || own.length !== 1 || level > deepest || !telling.isShown(own)) return []
  const field = fieldAlong(judged.object, telling.model.objects, own)
  return field?.rule ? explainValue(field.rule, judged, telling, level) : []
}

/** The remark of a part's own trace. */
function remarkOf(node: CheckedRule, { traces, telling }: Place): string | null {
  const found = traces.get(node.rule)
  return found && isByZero(found) ? labelOf(say.zero, telling.locale) : null
}

const isByZero = (trace: Trace): boolean => trace.remark === 'divisionByZero' || trace.inputs.some(isByZero)

/** A computed value: the expression in words, the conditions that chose between its branches, and what it reads. */
export function explainValue(rule: CheckedRule, judged: Judged, telling: Explaining, level = 0): WhyLine[] {
  const place = placeOf(rule, judged, telling)
  if (rule.type === 'boolean') return conditionLines(rule, level, place)
  const nothing = isEmpty(place.trace.value) ? emptyInput(rule, place) : null
  const remark = remarkOf(rule, place) ?? (nothing && filled(say.empty[telling.locale], { field: nothing }))
  return [
    line(level, ruleWords(rule, namingOf(judged, telling)), { remark }),
    ...choices(rule).flatMap(node => conditionLines(node, level + 1, place).slice(0, 1)),
    ...inputLines(rule, level + 1, place),
  ]
}

/** The conditions that choose between branches. */
function choices(node: CheckedRule): CheckedRule[] {
  if (node.kind === 'widen') return choices(node.value)
  if (node.kind !== 'call') return []
  const own = node.operator === 'if' ? node.args.filter((_, index) => index % 2 === 0 && index + 1 < node.args.length) : []
  return [...own, ...node.args.filter(arg => !own.includes(arg)).flatMap(choices)]
}

/** The name of the first input that is empty. */
function emptyInput(rule: CheckedRule, { judged, telling }: Place): string | null {
  const path = readsIn(rule).paths.find(read => isEmpty(valueAt(read, judged)))
  return path ? namingOf(judged, telling).nameOf(path) : null
}

/** Why a rule of the record is broken: the condition, which parts of it held, and the inputs. */
export const whyBroken = (rule: ValidationModel, judged: Judged, telling: Explaining): Why => ({
  kind: 'refused',
  title: labelOf(rule.definition.label ?? rule.message, telling.locale),
  lines: explainCondition(rule.must, judged, telling),
})

/** What is explained: a field of a record, or its links. */
export type Explained = Pick<FieldModel, 'label'> & { readonly name: string; readonly rules?: FieldRules }

/** Every rule that an explanation of a field or of links evaluates: their own, and those of the computed values that they read of the record. */
export function explainedRules(
  { rule = null, rules }: Explained & Partial<Pick<FieldModel, 'rule'>>,
  object: ObjectModel,
  model: Model,
  depth = 0,
): CheckedRule[] {
  const own = [rule, rules?.visible, rules?.required, rules?.readOnly, ...Object.values(rules?.options ?? {})].filter(each => each != null)
  const behind = depth >= deepest ? [] : own.flatMap(each => readsIn(each).paths.map(ownPath))
  const computed = behind.flatMap(path => (path.length === 1 ? (fieldAlong(object, model.objects, path) ?? []) : []))
  return [...own, ...computed.flatMap(next => (next.rule ? explainedRules(next, object, model, depth + 1) : []))]
}

/** Why a field of a record has its value and stands as it does; nothing when no rule speaks. */
export function whysOf(field: FieldModel, judged: Judged, telling: Explaining): Why[] {
  return [...whyValue(field, judged, telling), ...whyRuled(field, judged, telling), ...whyLocked(field, judged, telling)]
}

function whyValue(field: FieldModel, judged: Judged, telling: Explaining): Why[] {
  if (!field.rule) return []
  const [first, ...rest] = explainValue(field.rule, judged, telling)
  const { currency, locale } = telling
  if (!first) return []
  const value = valueText(field, [field.name], judged, currency, locale)
  return [{ kind: 'computed', title: whyTitle('computed', field.label, telling), lines: [{ ...first, value }, ...rest] }]
}

function whyRuled(field: FieldModel, judged: Judged, telling: Explaining): Why[] {
  if (!field.rules) return []
  const ruled = field as RuledField
  const { default: begins, options } = ruled.rules
  const why = (kind: WhyKind, lines: readonly WhyLine[], option = ''): Why => ({
    kind,
    title: whyTitle(kind, field.label, telling, option),
    lines,
  })
  const found = whysOfRules(field, isVisible(ruled, judged), isRequired(ruled, judged), judged, telling)
  if (begins && judged.before === null) found.push(why('default', explainValue(begins, judged, telling)))
  for (const [value, rule] of Object.entries(options)) {
    const lines = explainCondition(rule, judged, telling)
    if (lines[0]?.holds === false) found.push(why('options', lines, labelOf(stateLabel(field, value), telling.locale)))
  }
  return found
}

/** What the rules say that show something, require it, or keep it as it is. */
function whysOfRules({ label, rules }: Explained, isHere: boolean, isNeeded: boolean, judged: Judged, telling: Explaining): Why[] {
  const found: Why[] = []
  const add = (kind: WhyKind, lines: readonly WhyLine[]) => found.push({ kind, title: whyTitle(kind, label, telling), lines })
  if (rules?.visible) add(isHere ? 'visible' : 'hidden', explainCondition(rules.visible, judged, telling))
  if (rules?.required && isNeeded) add('required', explainCondition(rules.required, judged, telling))
  const kept = rules?.readOnly ? explainCondition(rules.readOnly, judged, telling) : []
  if (kept[0]?.holds === true) add('readOnly', kept)
  return found
}

/** Why links of a record stand as they do; nothing when no rule speaks. They have rules at the end that defines them. */
export function whysOfLinks(child: ChildModel, judged: Judged, telling: Explaining): Why[] {
  const { visible, required } = linkRulesOf(child)
  const isHere = visible === null || holds(visible, judged)
  const isNeeded = isHere && required !== null && holds(required, judged)
  const lock = judged.before === null ? null : lockOf(judged.object, judged.before, child.name)
  return [...whysOfRules(child, isHere, isNeeded, judged, telling), ...(lock ? [whyKept(child, lock, telling)] : [])]
}

/** A state may keep a field as it is. */
function whyLocked(field: FieldModel, judged: Judged, telling: Explaining): Why[] {
  const machine = stateFieldsOf(judged.object).find(one => one !== field && !isEditable(one, judged.before?.[one.key], field.name))
  if (!machine || field.system || !field.writable) return []
  return [whyKept(field, { by: machine, state: String(judged.before?.[machine.key]) }, telling)]
}

const whyKept = ({ label }: Explained, { by, state }: Lock, telling: Explaining): Why => {
  const value = labelOf(stateLabel(by, state), telling.locale)
  return {
    kind: 'readOnly',
    title: whyTitle('readOnly', label, telling),
    lines: [line(0, labelOf(by.label, telling.locale), { value })],
  }
}
