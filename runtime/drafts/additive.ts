import type { RoleDefinition } from '@tessera/platform/definitions/role.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import type { Label } from '@tessera/platform/label.js'
import type { Change } from '@tessera/platform/model/changes.js'
import type { Model } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'

/** Properties that decide what is seen of records that are there, or that stand for values which are computed only after a publish. */
const telling: ReadonlySet<string> = new Set(['access', 'mask', 'rule', 'where', 'to', 'returns', 'stored', 'states'])

/**
 * What of a change cannot be shown over the records as they are: what takes values away or reads them otherwise, and what would show anybody
 * more than their present rights do.
 */
export const notAdditive = (changes: readonly Change[], before: Model): Issue[] =>
  changes.flatMap(change => {
    const deed = deedOf(change, before)
    return deed ? [issue('PREVIEW_NOT_ADDITIVE', change.path, { what: change.title, deed })] : []
  })

function deedOf(change: Change, before: Model): Label | null {
  if (change.kind === 'object' || change.kind === 'field') {
    if (change.do === 'remove') return { en: 'it is taken away', 'zh-CN': '它被移除' }
    if (change.do === 'return') return { en: 'it comes back with earlier values', 'zh-CN': '它将带着以前的值恢复' }
    if (change.do === 'retype') return { en: 'its values change their type', 'zh-CN': '其值的类型改变' }
    if (change.do === 'change' && change.properties.some(property => telling.has(property)))
      return { en: 'it changes what is seen or computed', 'zh-CN': '它改变可见或计算的内容' }
  }
  if (change.kind === 'role' && (change.do === 'remove' || widens(change, before)))
    return { en: 'it changes rights on what is there', 'zh-CN': '它改变对现有内容的权限' }
  return null
}

/** Whether a role changes in anything but grants on objects that are new themselves. */
function widens({ do: deed, definitions }: Change, { objects }: Model): boolean {
  if (deed !== 'change' || !definitions) return false
  const [had, has] = [definitions.before as RoleDefinition, definitions.after as RoleDefinition]
  const ofKnown = ({ grants, restrict = {}, admin = false, audit = false }: RoleDefinition) => {
    const known = (parts: object) => Object.entries(parts).filter(([name]) => name === '*' || lookup(objects, name) !== undefined)
    return JSON.stringify([known(grants), known(restrict), admin, audit])
  }
  return ofKnown(had) !== ofKnown(has)
}
