import { Inject } from '@nestjs/common'
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql'
import { localizeIssue } from '@tessera/platform/errors.js'
import type { Caller } from '../access/caller.js'
import { requireAdmin } from '../access/require.js'
import type { Published } from '../publishing/publisher.js'
import { PublishInfo } from '../publishing/publishing.types.js'
import { type PackageCheck, Packages } from './packages.js'
import { InstallArgs, PackageArgs, PackageCheckInfo, PackageInfo, RemovalArgs, RemoveArgs } from './packages.types.js'

@Resolver()
export class PackagesResolver {
  constructor(@Inject(Packages) private readonly kept: Packages) {}

  @Query(() => [PackageInfo], { description: 'The packages of the workspace, and those that come with the product. For admins.' })
  packages(@Context('caller') caller: Caller | null): Promise<PackageInfo[]> {
    return this.kept.list(requireAdmin(caller).workspace.schema)
  }

  @Query(() => PackageCheckInfo, {
    description: 'What putting a package in, or bringing it to another version, would do; it changes nothing. For admins.',
  })
  async checkPackage(@Args() args: PackageArgs, @Context('caller') asking: Caller | null): Promise<PackageCheckInfo> {
    const caller = requireAdmin(asking)
    return shown(await this.kept.checkInstall(deedOf(args), caller.workspace.schema), caller)
  }

  @Query(() => PackageCheckInfo, { description: 'What taking a package away would do; it changes nothing. For admins.' })
  async checkPackageRemoval(@Args() { name, settled }: RemovalArgs, @Context('caller') asking: Caller | null): Promise<PackageCheckInfo> {
    const caller = requireAdmin(asking)
    return shown(await this.kept.checkRemoval(name, settled, caller.workspace.schema), caller)
  }

  @Mutation(() => PublishInfo, { description: 'Puts a package in, or brings it to another version, as one publish. For admins.' })
  installPackage(@Args() { confirm, ...args }: InstallArgs, @Context('caller') asking: Caller | null): Promise<Published> {
    const { workspace, member } = requireAdmin(asking)
    return this.kept.install(deedOf(args), confirm, workspace.schema, member.id)
  }

  @Mutation(() => PublishInfo, { description: 'Takes a package away, as one publish. For admins.' })
  removePackage(@Args() { name, settled, confirm }: RemoveArgs, @Context('caller') asking: Caller | null): Promise<Published> {
    const { workspace, member } = requireAdmin(asking)
    return this.kept.remove(name, settled, confirm, workspace.schema, member.id)
  }
}

const deedOf = ({ package: definitions, name, settled }: PackageArgs) => ({ package: definitions ?? null, name: name ?? null, settled })

const shown = (check: PackageCheck, { language }: Caller): PackageCheckInfo => ({
  ...check,
  issues: check.issues.map(found => localizeIssue(found, language)),
})
