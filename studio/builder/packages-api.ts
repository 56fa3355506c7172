import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Conflict } from '@tessera/platform/editing/three-way.js'
import type { Label } from '@tessera/platform/label.js'
import { ask } from '../api/client.js'
import type { Check } from './publishing.js'

/** A package that the workspace has or could have. */
export interface PackageState {
  readonly name: string
  readonly label: Label
  readonly description: Label | null
  readonly installed: string | null
  readonly shipped: string | null
  readonly isBase: boolean
  readonly installedAt: string | null
}

/** What is to be done with a package: put in or brought to another version, from a file or as it comes with the product; or taken away. */
export type PackageDeed =
  | { readonly do: 'install'; readonly name: string; readonly file: readonly unknown[] | null }
  | { readonly do: 'remove'; readonly name: string }

/** What a deed would do, and what both the package and the workspace say. */
export interface PackageCheck extends Check {
  readonly conflicts: readonly Conflict[]
}

/** What stands at a conflict. */
export interface Settled extends Pick<Conflict, 'path' | 'at' | 'isOrder'> {
  readonly take: 'value'
  readonly value: unknown
}

export const usePackages = () =>
  useQuery({
    queryKey: ['packages'],
    queryFn: async ({ signal }) =>
      (
        await ask<{ packages: PackageState[] }>(
          '/platform',
          'query Packages { packages { name label description installed shipped isBase installedAt } }',
          {},
          signal,
        )
      ).packages,
  })

const variablesOf = (deed: PackageDeed) => (deed.do === 'install' && deed.file ? { package: deed.file } : { name: deed.name })

const found = '{ issues plan impact sql readings conflicts }'
const checks = {
  install: `query CheckPackage($package: [JSON!], $name: String, $settled: [SettledConflict!]) { check: checkPackage(package: $package, name: $name, settled: $settled) ${found} }`,
  remove: `query CheckRemoval($name: String!, $settled: [SettledConflict!]) { check: checkPackageRemoval(name: $name, settled: $settled) ${found} }`,
}

/** What a deed would do, with what was settled so far. */
export const usePackageCheck = (deed: PackageDeed, settled: readonly Settled[], version: number) =>
  useQuery({
    queryKey: ['check', version, 'package', deed, settled],
    queryFn: async ({ signal }) =>
      (await ask<{ check: PackageCheck }>('/platform', checks[deed.do], { ...variablesOf(deed), settled }, signal)).check,
    staleTime: 0,
    gcTime: 0,
    placeholderData: before => before,
  })

const deeds = {
  install:
    'mutation Install($package: [JSON!], $name: String, $settled: [SettledConflict!], $confirm: [String!]) { done: installPackage(package: $package, name: $name, settled: $settled, confirm: $confirm) { version } }',
  remove:
    'mutation Remove($name: String!, $settled: [SettledConflict!], $confirm: [String!]) { done: removePackage(name: $name, settled: $settled, confirm: $confirm) { version } }',
}

/** Does it; the session holds the definitions, so reading it again gives every page the new model. */
export function usePackageDeed() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (input: { deed: PackageDeed; settled: readonly Settled[]; confirm: readonly string[] }) => {
      const { deed, ...rest } = input
      return (await ask<{ done: { version: number } }>('/platform', deeds[deed.do], { ...variablesOf(deed), ...rest })).done
    },
    onSuccess: () =>
      Promise.all(['session', 'packages', 'versions', 'building', 'records'].map(key => client.invalidateQueries({ queryKey: [key] }))),
  })
}
