import { conditionOf, type Profile } from '@tessera/platform/access/profile.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import { isAskable } from '@tessera/platform/model/masked.js'
import type { Model } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'

const withExample: ReadonlySet<string> = new Set(['VALUES_DOUBLE', 'SET_VALUES_DOUBLE', 'RANGES_OVERLAP'])

/** Issues that give a value of some record as an example, without it where whoever reads them does not see every such value. */
export const withoutUnseen = (issues: readonly Issue[], live: Model, profile: Profile): Issue[] =>
  issues.map(found =>
    withExample.has(found.code) && !seesAll(found.path, live, profile)
      ? issue(found.code, found.path, { ...found.params, example: '…' })
      : found,
  )

/** Whether somebody sees all records of the object of a path, and in them the field that it names, or all of them. */
function seesAll(path: string, live: Model, profile: Profile): boolean {
  const [, name = '', part, field = ''] = path.split('/')
  const [whole, seen] = [lookup(live.objects, name), lookup(profile.model.objects, name)]
  if (!whole || !seen || conditionOf(profile, 'read', name) !== null) return false
  const asked = part === 'fields' ? [field] : Object.keys(whole.fields)
  return asked.every(one => {
    const known = lookup(seen.fields, one)
    return known !== undefined && isAskable(known)
  })
}
