import { foundPath } from '../api/addresses.js'
import { useApp } from '../api/app.js'
import { useAppName } from '../api/app-name.js'

/** The list of the records of an object for which a rule holds, in the view that shows most; null where this member has no such list. */
export function useFoundPath(): (object: string, rule: unknown) => string | null {
  const { model } = useApp()
  const app = useAppName()
  return (object, rule) => {
    if (!Object.hasOwn(model.objects, object)) return null
    const open = Object.values(model.views).find(
      ({ definition, where }) => definition.object === object && definition.kind === 'list' && !where,
    )
    return foundPath(app, object, rule, open?.name)
  }
}
