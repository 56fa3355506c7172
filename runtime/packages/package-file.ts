import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AppDefinition } from '@tessera/platform/definitions/app.js'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import { elementOf, elementPath } from '@tessera/platform/definitions/index.js'
import { elementsOf, type Json } from '@tessera/platform/editing/elements.js'
import { type Issue, issue } from '@tessera/platform/errors.js'
import { appsIn, readAppFolder, shippedMetadata } from '../publishing/app-folder.js'
import type { PackageFile } from '../publishing/package-store.js'

/** Reads the definitions of a package, its `app` among them. Gives what is wrong with it as issues. */
export function packageOf(definitions: readonly unknown[]): { readonly file: PackageFile | null; readonly issues: readonly Issue[] } {
  const { app, ...elements } = elementsOf(definitions)
  const strange = definitions.flatMap((json, at) =>
    elementOf(json) ? [] : [issue('KIND_UNKNOWN', `package/${at}`, { kinds: 'app, object, view' })],
  )
  const named = readDefinitions(app ? [{ source: 'app', json: app.definition }] : [])
  const missing = app ? [] : [issue('PROPERTY_MISSING', 'package/app', { property: 'app' })]
  const issues = [...strange, ...doublesOf(definitions), ...named.issues, ...missing]
  return { file: issues.length > 0 || !app ? null : { manifest: app.definition as unknown as AppDefinition, elements }, issues }
}

/** An issue for each definition that comes again. */
function doublesOf(definitions: readonly unknown[]): Issue[] {
  const elements = definitions.flatMap(json => elementOf(json) ?? [])
  const paths = elements.map(element => (element.kind === 'app' ? 'app' : elementPath(element)))
  return elements.flatMap(({ kind, name }, at) => {
    const path = paths[at] ?? ''
    return paths.indexOf(path) < at ? [issue('ELEMENT_DOUBLE', path, { kind, name })] : []
  })
}

/** The definitions in the folder of a package, its `app.json` among them. */
export const readPackageFolder = (folder: string): Json[] => readAppFolder(folder).map(({ text }) => JSON.parse(text) as Json)

/** The packages that come with the product: the apps that workspaces begin with, and those to add. */
export function shippedPackages(): PackageFile[] {
  const metadata = shippedMetadata()
  const more = join(metadata, '..', 'packages')
  return [metadata, more]
    .filter(existsSync)
    .flatMap(root => appsIn(root).map(name => join(root, name)))
    .flatMap(folder => packageOf(readPackageFolder(folder)).file ?? [])
}
