import { type Issue, issue, joinPath } from '@tessera/platform/errors.js'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { checkCascades } from '@tessera/platform/records/cascade.js'
import type { Change } from '@tessera/platform/records/change.js'
import { changedKeys, checkRequired, checkValues, isEmpty } from '@tessera/platform/records/check.js'
import { defaultsOf } from '@tessera/platform/records/defaults.js'
import type { Draft } from '@tessera/platform/records/input.js'
import { aimOf } from '@tessera/platform/records/transitions.js'
import { fieldOfKey, overlaid } from '@tessera/platform/records/values.js'
import type { Present } from './gather.js'
import { cleanRichTexts } from './rich-text.js'
import type { WriteContext } from './write-context.js'

/** A draft with its values checked one by one. */
export interface Prepared {
  readonly draft: Draft
  readonly values: Record<string, unknown>
  readonly issues: Issue[]
}

/** Checks the given values of a draft; a new record gets its defaults and its parent. */
export function prepare(draft: Draft, context: WriteContext): Prepared {
  const { values, issues } = checkValues(draft.object, draft.given, draft.path)
  const given: Record<string, unknown> = { ...values }
  if (draft.parent) given[draft.parent.field.key] = draft.parent.id
  if (draft.transition) Object.assign(given, aimOf(draft.object, draft.transition.name))
  cleanRichTexts(draft.object, given)
  if (draft.action !== 'create') return { draft, values: given, issues: [...issues] }
  const named = overlaid(draft.given, given, Object.fromEntries(draft.by.map(link => [link.field.key, null])))
  const defaults = defaultsOf(draft.object, named, context.moment)
  cleanRichTexts(draft.object, defaults)
  return { draft, values: overlaid(defaults, given, { id: draft.id }), issues: [...issues] }
}

/** A new record as it will be before anything is computed, with what is missing of it. */
export function decideCreate({ draft, values, issues }: Prepared): Change {
  const broken = new Set(issues.map(found => found.path))
  issues.push(...checkRequired(draft.object, values, null, draft.path).filter(found => !broken.has(found.path)))
  issues.push(...checkCascades(draft.object, values, null, draft.path))
  const keys = Object.keys(values).filter(key => key !== 'id' && !isEmpty(values[key]))
  return { object: draft.object, deed: 'created', id: draft.id, before: null, after: values, changed: keys, version: 1 }
}

/** A record as it will be after an update before anything is computed, with what is wrong with it; null when nothing changes. */
export function decideUpdate(prepared: Prepared, present: ReadonlyMap<string, Present>): Change | null {
  const { draft, values, issues } = prepared
  const found = presentOf(prepared, present, 'update')
  if (!found) return null
  const changed = changedKeys(found.values, values)
  const after = overlaid(found.values, values)
  for (const key of changed) {
    const field = fieldOfKey(draft.object, key)
    if (field?.definition.setOnce && !isEmpty(found.values[key]))
      issues.push(issue('FIELD_SET_ONCE', joinPath(draft.path, key), { field: field.label }))
  }
  issues.push(...checkRequired(draft.object, after, new Set(Object.keys(values)), draft.path))
  issues.push(...checkCascades(draft.object, after, new Set(changed), draft.path))
  if (changed.length === 0) return null
  return {
    object: draft.object,
    deed: 'updated',
    id: draft.id,
    before: found.values,
    after,
    changed,
    version: Number(found.values.version) + 1,
  }
}

/** The record that a draft is about, if the writer may do this to it and has read its present version. */
export function presentOf(
  { draft, issues }: Prepared,
  all: ReadonlyMap<string, Present>,
  action: 'update' | 'delete' | 'restore',
): Present | null {
  const present = all.get(draft.id)
  if (!present) {
    issues.push(issue('RECORD_NOT_FOUND', joinPath(draft.path, 'id')))
    return null
  }
  if (!present.isAllowed) {
    issues.push(forbidden(draft.object, action, draft.path))
    return null
  }
  if (draft.version !== null && isStale(draft.version, present)) {
    issues.push(issue('VERSION_CONFLICT', joinPath(draft.path, 'version'), { present: Number(present.values.version) }))
    return null
  }
  if (draft.parent && present.values[draft.parent.field.key] !== draft.parent.id) {
    issues.push(issue('RECORD_NOT_FOUND', joinPath(draft.path, 'id')))
    return null
  }
  return present
}

/** Whether somebody edited a record after a version of it; what was only computed since then is no conflict. */
const isStale = (version: number, { values, edited }: Present): boolean =>
  version > Number(values.version) || version < (edited ?? Number(values.version))

const verbs: Readonly<Record<string, { readonly en: string; readonly 'zh-CN': string }>> = {
  create: { en: 'create these', 'zh-CN': '新建' },
  update: { en: 'change these', 'zh-CN': '修改' },
  delete: { en: 'delete these', 'zh-CN': '删除' },
  restore: { en: 'restore these', 'zh-CN': '恢复' },
  merge: { en: 'merge these', 'zh-CN': '合并' },
  transfer: { en: 'transfer these', 'zh-CN': '转移' },
  share: { en: 'share these', 'zh-CN': '共享' },
  bulk: { en: 'change many at once of these', 'zh-CN': '批量修改' },
  reveal: { en: 'reveal masked values of', 'zh-CN': '查看打码内容' },
  claim: { en: 'claim these', 'zh-CN': '领取' },
}

/** The issue of a deed that the writer's grants do not cover. */
export const forbidden = (object: ObjectModel, action: string, path: string): Issue =>
  issue('ACTION_FORBIDDEN', path, { action: verbs[action] ?? action, objects: object.pluralLabel })
