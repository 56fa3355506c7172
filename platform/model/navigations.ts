import type { NavigationDefinition } from '../definitions/navigation.js'
import type { Model } from './model.js'

const lastOrder = 1001

/** All navigations as people see them one below the other: by their order, else as they are defined. */
export const orderedNavigations = ({ navigation }: Model): NavigationDefinition[] =>
  Object.values(navigation).sort((left, right) => (left.order ?? lastOrder) - (right.order ?? lastOrder))

/**
 * The navigations of somebody, the first of which they begin with.
 * @param roles the names of the roles they hold
 */
export const navigationsFor = (model: Model, roles: readonly string[]): NavigationDefinition[] =>
  orderedNavigations(model).filter(navigation => navigation.roles?.some(role => roles.includes(role)) ?? true)
