import type { Plugin } from 'vite'

/** One file of the built studio: what it brings along, and how many characters each source gave to it before minifying. */
export interface BuiltChunk {
  readonly file: string
  readonly page: string | null
  readonly imports: readonly string[]
  readonly dynamicImports: readonly string[]
  readonly modules: Readonly<Record<string, number>>
}

/**
 * Writes `chunks.json` beside the built studio: which file holds which sources and loads which others,
 * from which `npm run check:budget` weighs each page.
 * @param root the folder that the names of the sources are relative to
 * @returns the plugin of the build
 */
export function chunkList(root: string): Plugin {
  const named = (id: string): string => id.replaceAll('\0', '').replace(root, '')
  return {
    name: 'chunk-list',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const chunks: BuiltChunk[] = Object.values(bundle)
        .filter(part => part.type === 'chunk')
        .map(({ fileName, facadeModuleId, imports, dynamicImports, modules }) => ({
          file: fileName,
          page: facadeModuleId === null ? null : named(facadeModuleId),
          imports,
          dynamicImports,
          modules: Object.fromEntries(Object.entries(modules).map(([id, { renderedLength }]) => [named(id), renderedLength])),
        }))
      this.emitFile({ type: 'asset', fileName: 'chunks.json', source: JSON.stringify(chunks) })
    },
  }
}
