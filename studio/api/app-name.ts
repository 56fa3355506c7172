import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import { navigationsFor } from '@tessera/platform/model/navigations.js'
import { useMemo } from 'react'
import { useParams } from 'react-router'
import { useApp } from './app.js'

/** The navigations of the member, in their order. */
export function useNavigations(): NavigationDefinition[] {
  const { model, member } = useApp()
  return useMemo(() => navigationsFor(model, member.roles), [model, member.roles])
}

/** The navigation that the address is in, else the first one of the member. */
export function useAppName(): string {
  const { app } = useParams()
  const own = useNavigations()
  const { navigation } = own.find(each => each.navigation === app) ?? own[0] ?? { navigation: 'app' }
  return navigation
}
