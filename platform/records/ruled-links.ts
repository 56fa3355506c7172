import { type Issue, issue } from '../errors.js'
import type { ThroughModel } from '../model/junction-model.js'
import type { ChildModel, FieldRules, ObjectModel } from '../model/model.js'
import type { CheckedRule } from '../rules/rule.js'
import { holds, type Judged } from './check.js'
import { defaultsOf } from './defaults.js'

/** Links of a record that something is asked of, at the end that defines them. */
export type RuledLinks = ChildModel & { readonly through: ThroughModel }

const none: FieldRules = { visible: null, required: null, readOnly: null, default: null, help: [], options: {} }
const known = new WeakMap<ObjectModel, readonly RuledLinks[]>()

/** The links of an object that have rules, or of which there must be one; found once for each model. */
export function ruledLinks(object: ObjectModel): readonly RuledLinks[] {
  const found =
    known.get(object) ??
    Object.values(object.children).filter(
      (child): child is RuledLinks => child.through !== undefined && (child.rules !== undefined || child.required === true),
    )
  known.set(object, found)
  return found
}

/** The rules of links; empty ones where there are none. */
export const linkRulesOf = ({ rules = none }: Pick<ChildModel, 'rules'>): FieldRules => rules

/** Every rule that decides about links: what it reads must be there when a write is judged. */
export const rulesOfLinks = (object: ObjectModel): readonly CheckedRule[] =>
  ruledLinks(object).flatMap(child => {
    const { visible, required, readOnly } = linkRulesOf(child)
    return [visible, required, readOnly].filter(rule => rule !== null)
  })

/** Whether a record must have a link; what is not visible need not. */
export function needsLink(child: ChildModel, judged: Judged): boolean {
  const { visible, required } = linkRulesOf(child)
  if (visible && !holds(visible, judged)) return false
  return child.required === true || (required !== null && holds(required, judged))
}

/** Whether links stay as they are: what keeps them so holds before a write and after it. A new record begins as its constant defaults are. */
export function keepsLinks(child: ChildModel, judged: Judged): boolean {
  const { readOnly } = linkRulesOf(child)
  if (!readOnly || !holds(readOnly, judged)) return false
  return holds(readOnly, { ...judged, after: judged.before ?? defaultsOf(judged.object, {}, judged.moment) })
}

/** There is no link where one must be. */
export const linkMissing = (child: ChildModel, path: string): Issue => issue('VALUE_REQUIRED', path, { field: child.label })

/** Links were changed that stay as they are. */
export const linksLocked = (child: ChildModel, path: string): Issue => issue('FIELD_LOCKED', path, { field: child.label })
