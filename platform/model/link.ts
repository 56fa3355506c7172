import { actions } from '../actions/index.js'
import { charts } from '../charts/index.js'
import type { NavigationDefinition } from '../definitions/navigation.js'
import type { ReportDefinition } from '../definitions/report.js'
import type { ViewDefinition } from '../definitions/view.js'
import type { WorkflowDefinition } from '../definitions/workflow.js'
import { type Issue, issue } from '../errors.js'
import { lookup } from '../registry.js'
import { checkRule } from '../rules/check.js'
import type { CheckedRule } from '../rules/rule.js'
import { suggestion } from '../rules/suggestion.js'
import type { Model, ObjectModel, ReportModel, ViewModel, WorkflowModel } from './model.js'
import { fieldAlong, inputKinds, inputTypes, typeScope } from './scope.js'

type Objects = Readonly<Record<string, ObjectModel>>

/** Links a view: known columns, an order, a condition. */
export function linkView(view: ViewDefinition, objects: Objects, issues: Issue[]): ViewModel {
  const path = `views/${view.view}`
  const object = target(view.object, objects, `${path}/object`, issues)
  if (!object) return { name: view.view, definition: view, where: null }
  view.columns?.forEach((column, index) => {
    known(object, objects, typeof column === 'string' ? column : column.field, `${path}/columns/${index}`, issues, true)
  })
  view.sort?.forEach((sort, index) => {
    known(object, objects, sort.field, `${path}/sort/${index}/field`, issues, false)
  })
  view.cards?.fields.forEach((name, index) => {
    known(object, objects, name, `${path}/cards/fields/${index}`, issues, false)
  })
  if (view.groupBy !== undefined) known(object, objects, view.groupBy, `${path}/groupBy`, issues, false)
  return { name: view.view, definition: view, where: condition(view.where, object, objects, `${path}/where`, issues) }
}

/** Links a report: groupings, measures that fit their fields, a chart that exists. */
export function linkReport(report: ReportDefinition, objects: Objects, issues: Issue[]): ReportModel {
  const path = `reports/${report.report}`
  const object = target(report.object, objects, `${path}/object`, issues)
  if (!object) return { name: report.report, definition: report, where: null }
  report.groupBy.forEach((grouping, index) => {
    known(object, objects, grouping.field, `${path}/groupBy/${index}/field`, issues, false)
  })
  report.measures.forEach((measure, index) => {
    for (const name of ['count', 'sum', 'avg', 'min', 'max', 'countDistinct'] as const) {
      const field =
        measure[name] === undefined ? null : known(object, objects, measure[name], `${path}/measures/${index}/${name}`, issues, false)
      if (field && name !== 'count' && !field.class.aggregates.includes(name))
        issues.push(
          issue('MEASURE_UNFIT', `${path}/measures/${index}/${name}`, { function: name, field: field.name, type: field.type.name }),
        )
    }
  })
  if (report.chart && !lookup(charts, report.chart.type))
    issues.push(
      issue('ELEMENT_UNKNOWN', `${path}/chart/type`, {
        kind: kindWords.chart,
        name: report.chart.type,
        suggestion: suggestion(report.chart.type, Object.keys(charts)),
      }),
    )
  return { name: report.report, definition: report, where: condition(report.where, object, objects, `${path}/where`, issues) }
}

/** Links a workflow: its trigger, condition and steps. */
export function linkWorkflow(workflow: WorkflowDefinition, objects: Objects, issues: Issue[]): WorkflowModel {
  const path = `workflows/${workflow.workflow}`
  const object = target(workflow.on.object, objects, `${path}/on/object`, issues)
  workflow.steps.forEach((step, index) => {
    const action = lookup(actions, step.do)
    if (!action)
      issues.push(
        issue('ELEMENT_UNKNOWN', `${path}/steps/${index}/do`, {
          kind: kindWords.action,
          name: step.do,
          suggestion: suggestion(step.do, Object.keys(actions)),
        }),
      )
    else if (object)
      issues.push(
        ...action.check(step, {
          path: `${path}/steps/${index}`,
          scope: typeScope(object, objects, { before: true }),
          inputsOf: name => inputTypes(name, objects),
          kindsOf: name => inputKinds(name, objects),
        }),
      )
  })
  if (!object) return { name: workflow.workflow, definition: workflow, when: null }
  workflow.on.fields?.forEach((name, index) => {
    known(object, objects, name, `${path}/on/fields/${index}`, issues, false)
  })
  return { name: workflow.workflow, definition: workflow, when: condition(workflow.when, object, objects, `${path}/when`, issues, true) }
}

/**
 * Checks that navigation leads to things that exist, and is for roles that exist.
 * @param roles the names of all roles
 */
export function linkNavigation(
  navigation: NavigationDefinition,
  model: Model,
  roles: readonly string[],
  issues: Issue[],
): NavigationDefinition {
  navigation.roles?.forEach((name, index) => {
    if (!roles.includes(name))
      issues.push(
        issue('ELEMENT_UNKNOWN', `navigation/${navigation.navigation}/roles/${index}`, {
          kind: kindWords.role,
          name,
          suggestion: suggestion(name, roles),
        }),
      )
  })
  navigation.groups.forEach((group, index) => {
    group.items.forEach((item, place) => {
      const path = `navigation/${navigation.navigation}/groups/${index}/items/${place}`
      if (item.object !== undefined) target(item.object, model.objects, `${path}/object`, issues)
      for (const [kind, names] of [
        ['view', model.views],
        ['report', model.reports],
      ] as const) {
        const name = item[kind]
        if (name !== undefined && !lookup<unknown>(names, name))
          issues.push(
            issue('ELEMENT_UNKNOWN', `${path}/${kind}`, { kind: kindWords[kind], name, suggestion: suggestion(name, Object.keys(names)) }),
          )
      }
    })
  })
  return navigation
}

/** What is missed is called so. */
export const kindWords = {
  view: { en: 'view', 'zh-CN': '视图' },
  report: { en: 'report', 'zh-CN': '报表' },
  role: { en: 'role', 'zh-CN': '角色' },
  action: { en: 'action', 'zh-CN': '动作' },
  chart: { en: 'chart', 'zh-CN': '图表' },
} as const

/** The object of a name; reports an unknown one. */
export function target(name: string, objects: Objects, path: string, issues: Issue[]): ObjectModel | undefined {
  const object = lookup(objects, name)
  if (!object) issues.push(issue('OBJECT_UNKNOWN', path, { object: name, suggestion: suggestion(name, Object.keys(objects)) }))
  return object
}

/** The field at a path, or null for children; reports an unknown one. */
export function known(object: ObjectModel, objects: Objects, name: string, path: string, issues: Issue[], orChild: boolean) {
  const field = fieldAlong(object, objects, name.split('.'))
  if (field || (orChild && lookup(object.children, name))) return field
  issues.push(issue('FIELD_UNKNOWN', path, { object: object.name, field: name, suggestion: suggestion(name, Object.keys(object.fields)) }))
  return null
}

/** A rule over records of an object, checked; null when there is none or it is broken. */
export function condition(
  rule: unknown,
  object: ObjectModel,
  objects: Objects,
  path: string,
  issues: Issue[],
  before = false,
): CheckedRule | null {
  if (rule === undefined) return null
  const { checked, issues: found } = checkRule(rule, typeScope(object, objects, { before, rows: !before }), 'boolean', path, {
    isForSql: !before,
  })
  issues.push(...found)
  return checked ?? null
}
