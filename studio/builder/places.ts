import { kinds } from '@tessera/platform/definitions/index.js'

/** The addresses of the studio. */
export const objectsPath = '/studio/objects'
export const publishPath = '/studio/publish'
export const conflictsPath = '/studio/conflicts'
export const packagesPath = '/studio/packages'
export const versionsPath = '/studio/versions'
export const ratesPath = '/studio/rates'
export const studioObjectPath = (object: string, tab?: string): string => `/studio/objects/${object}${tab ? `?tab=${tab}` : ''}`
export const fieldPath = (object: string, field: string): string => `/studio/objects/${object}/fields/${field}`
export const kindPath = (kind: string): string => (kind === 'object' ? objectsPath : `/studio/definitions/${kind}`)
export const elementJsonPath = (kind: string, name: string): string => `/studio/definitions/${kind}/${name}`
export const formPath = (name: string, search = ''): string => `/studio/forms/${name}${search}`
export const packagePath = (name: string, verb: 'install' | 'remove'): string => `/studio/packages/${name}/${verb}`
export const versionPath = (version: number): string => `/studio/versions/${version}`
export const versionDiffPath = (from: number, to: number): string => `/studio/versions/${from}/${to}`

/** The tabs of an object where parts of it are mended that are not among its fields. */
const tabs: Readonly<Record<string, string | undefined>> = { rules: 'rules', access: 'access' }

/** What of a form is opened: the part that a path names, or the tab where it is set. */
function formSearch(property: string | undefined, at: string): string {
  if (property === 'sections' || property === 'tabs') return `?at=${encodeURIComponent(at)}`
  return property === undefined ? '' : `?tab=${property === 'quick' ? 'quick' : 'settings'}`
}

/** Where something is mended: the property of a field, or the object or definition that a path of an issue or plan leads to. */
export function placeOfPath(path: string): string | null {
  const [folder, name, inner, field, property] = path.split('/')
  if (folder === 'objects' && name)
    return inner === 'fields' && field
      ? `${fieldPath(name, field)}${property ? `#property-${property}` : ''}`
      : studioObjectPath(name, tabs[inner ?? ''])
  if (folder === 'roles' && name && field && (inner === 'grants' || inner === 'restrict'))
    return `${elementJsonPath('role', name)}?object=${encodeURIComponent(field)}`
  if (folder === 'forms' && name) return formPath(name, formSearch(inner, path.slice(`forms/${name}/`.length)))
  const kind = Object.values(kinds).find(known => (known.folder || known.name) === folder)
  return kind && name ? elementJsonPath(kind.name, name) : kind?.name === 'app' ? kindPath('app') : null
}
