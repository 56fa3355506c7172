import { type IssueParams, issue, joinPath } from '@tessera/platform/errors.js'
import { type Label, labelOf } from '@tessera/platform/label.js'
import type { FieldModel } from '@tessera/platform/model/model.js'
import { rangesOf, type UniqueSet, uniqueSetsOf } from '@tessera/platform/model/sets.js'
import type { Change } from '@tessera/platform/records/change.js'
import { isEmpty } from '@tessera/platform/records/check.js'
import { join, name, sql } from '@tessera/platform/sql/sql.js'
import type { Queryable } from '../database/queryable.js'
import { checkRange } from './check-ranges.js'
import type { Prepared } from './decide.js'
import { type Entry, isLive, type Ledger } from './ledger.js'
import { findOthers, inBoth, type SetCheck } from './set-check.js'
import type { RowIssue, WriteContext } from './write-context.js'

/**
 * Checks what fields are together, everything computed being up to date: sets that are unique, ranges that may not overlap.
 * Issues of a draft go to the draft; those of records that only follow come back.
 */
export async function checkSets(
  client: Queryable,
  prepared: readonly Prepared[],
  ledger: Ledger,
  context: WriteContext,
): Promise<RowIssue[]> {
  const following: RowIssue[] = []
  const objects = [...new Set([...ledger.values()].map(({ change }) => change.object))]
  for (const object of objects.filter(one => uniqueSetsOf(one).length > 0 || rangesOf(one).length > 0)) {
    const all = [...ledger.values()].filter(({ change }) => change.object === object)
    const drafts = new Map(prepared.filter(({ draft }) => draft.object === object).map(entry => [entry.draft.id, entry]))
    const complain: SetCheck['complain'] = (entry, fields, code, params) => {
      const draft = drafts.get(entry.change.id)
      const found = fields.map(field => issue(code, joinPath(draft?.draft.path ?? '', field.key), params))
      if (draft) draft.issues.push(...found)
      else following.push(...found.map(one => ({ row: entry.row, id: entry.change.id, issue: one })))
    }
    const isSound = ({ change }: Entry, fields: readonly FieldModel[]) => {
      const draft = drafts.get(change.id)
      const paths = new Set(fields.map(field => joinPath(draft?.draft.path ?? '', field.key)))
      return !draft?.issues.some(found => paths.has(found.path))
    }
    const on = (fields: readonly FieldModel[]): SetCheck => ({
      client,
      context,
      object,
      complain,
      touched: all.map(({ change }) => change.id),
      entries: all.filter(entry => isLive(entry.change) && touches(entry.change, fields) && isSound(entry, fields)),
    })
    for (const set of uniqueSetsOf(object)) await checkUniqueSet(set, on(set.fields))
    for (const range of rangesOf(object)) await checkRange(range, on([range.from, range.to, ...range.per]))
  }
  return following
}

const touches = ({ deed, changed }: Change, fields: readonly FieldModel[]): boolean =>
  deed !== 'updated' || fields.some(field => changed.includes(field.key))

async function checkUniqueSet({ fields, message }: UniqueSet, check: SetCheck): Promise<void> {
  const entries = check.entries.filter(({ change }) => fields.every(field => !isEmpty(change.after[field.key])))
  if (entries.length === 0) return
  const same = join(
    fields.map((field, index) => sql`${name('t', field.columns[0]?.name ?? '')} = ${name('x', `v${index}`)}`),
    ' and ',
  )
  const holders = await findOthers(check, entries, fields, same)
  const seen = new Set<string>()
  entries.forEach((entry, index) => {
    const key = JSON.stringify(fields.map(field => entry.change.after[field.key]))
    const holder = holders.get(index)
    if (holder !== undefined || seen.has(key))
      check.complain(entry, fields, 'SET_DUPLICATE', duplicateWords(fields, message, holder ?? null))
    seen.add(key)
  })
}

/** The words of a combination that is in use. */
export function duplicateWords(fields: readonly FieldModel[], message: Label | null, holder: string | null): IssueParams {
  const names = inBoth(locale => fields.map(field => labelOf(field.label, locale)).join(locale === 'en' ? ' and ' : '与'))
  return {
    message:
      message ??
      (holder
        ? inBoth((_, text) =>
            text(`${names.en} together are already used by “${holder}”.`, `${names['zh-CN']}的组合已被「${holder}」使用。`),
          )
        : inBoth((_, text) => text(`${names.en} together are already in use.`, `${names['zh-CN']}的组合已被使用。`))),
    hint: inBoth((_, text) => text('Change one of them, or open the record that has them.', '请修改其中一个，或打开已有的记录。')),
  }
}
