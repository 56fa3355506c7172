import type { NavigationDefinition } from '@tessera/platform/definitions/navigation.js'
import type { Elements, Json } from '@tessera/platform/editing/elements.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { changeElement, freeElementName } from './edit-element.js'
import { arranged, type GroupedRow, groupedRows } from './grouped-rows.js'

export type NavigationGroup = NavigationDefinition['groups'][number]
export type NavigationItem = NavigationGroup['items'][number]

const pathOf = (name: string): string => `navigation/${name}`

/** A navigation as its definition says it; undefined when there is none of this name. */
export const navigationDefinition = (elements: Elements, name: string): NavigationDefinition | undefined =>
  lookup(elements, pathOf(name))?.definition as unknown as NavigationDefinition | undefined

/** Changes properties of a navigation; undefined takes a property away. */
export const changeNavigation = (elements: Elements, name: string, change: Json): Elements => changeElement(elements, pathOf(name), change)

/** Addresses of the product that the one of a navigation may not be. */
const taken: ReadonlySet<string> = new Set(['assets', 'explorer', 'files', 'graphql', 'healthz', 'metrics', 'platform', 'readyz', 'studio'])

/** A name for a new navigation that no other has and that is no address of the product. */
export const freeNavigationName = (elements: Elements, wanted: string): string =>
  freeElementName(elements, 'navigation', taken.has(wanted) ? `${wanted}2` : wanted)

/** The definitions with a navigation of one empty group more, behind all others. */
export const addNavigation = (elements: Elements, name: string, label: Label): Elements => ({
  ...elements,
  [pathOf(name)]: { kind: 'navigation', name, definition: { navigation: name, label, groups: [{ group: 'main', label, items: [] }] } },
})

/** The definitions with their navigations in an order; only those whose place is another one change. */
export const orderNavigations = (elements: Elements, names: readonly string[]): Elements =>
  names.reduce(
    (changed, name, at) =>
      navigationDefinition(changed, name)?.order === at + 1 ? changed : changeNavigation(changed, name, { order: at + 1 }),
    elements,
  )

/** Where an entry leads. */
export const leadsTo = ({ view, report, object }: NavigationItem): string =>
  view !== undefined ? `view:${view}` : report !== undefined ? `report:${report}` : `object:${object ?? ''}`

/** The groups and their entries as one list; a row is known by what it is, wherever it stands. */
export const navigationRows = ({ groups }: { readonly groups: readonly NavigationGroup[] }): readonly GroupedRow[] =>
  groupedRows(groups.map(({ group, items }) => ({ id: `group:${group}`, items: items.map(leadsTo) })))

/** Changes the groups of a navigation. */
export function changeGroups(
  elements: Elements,
  name: string,
  change: (groups: readonly NavigationGroup[]) => readonly NavigationGroup[],
): Elements {
  const navigation = navigationDefinition(elements, name)
  return navigation ? changeNavigation(elements, name, { groups: change(navigation.groups) }) : elements
}

/** The groups with one row at another place among all rows. */
export const moveRow = (groups: readonly NavigationGroup[], id: string, to: number): readonly NavigationGroup[] =>
  arranged(navigationRows({ groups }), id, to).flatMap(({ group, items }) => {
    const placed = groups[group]
    return placed ? [{ ...placed, items: items.flatMap(item => groups[item.group]?.items[item.at] ?? []) }] : []
  })

/** The groups with one of them changed. */
export const changeGroup = (
  groups: readonly NavigationGroup[],
  at: number,
  change: (group: NavigationGroup) => NavigationGroup,
): readonly NavigationGroup[] => groups.map((group, index) => (index === at ? change(group) : group))

/** The groups with an entry at the end of one of them. */
export const addItem = (groups: readonly NavigationGroup[], group: number, item: NavigationItem): readonly NavigationGroup[] =>
  changeGroup(groups, group, each => ({ ...each, items: [...each.items, item] }))

/** The groups with an entry changed; undefined takes a property away. */
export const changeItem = (
  groups: readonly NavigationGroup[],
  { group, at }: GroupedRow,
  change: Partial<Record<keyof NavigationItem, unknown>>,
): readonly NavigationGroup[] =>
  changeGroup(groups, group, each => ({
    ...each,
    items: each.items.map((item, index) =>
      index === at
        ? (Object.fromEntries(Object.entries({ ...item, ...change }).filter(([, value]) => value !== undefined)) as NavigationItem)
        : item,
    ),
  }))

/** The groups without a row; a group goes with its entries. */
export const removeRow = (groups: readonly NavigationGroup[], { group, at }: GroupedRow): readonly NavigationGroup[] =>
  at === null
    ? groups.filter((_, index) => index !== group)
    : changeGroup(groups, group, each => ({ ...each, items: each.items.filter((_, index) => index !== at) }))

/** The groups with an entry at the end of another group. */
export function moveToGroup(groups: readonly NavigationGroup[], row: GroupedRow, to: number): readonly NavigationGroup[] {
  const item = row.at === null ? undefined : groups[row.group]?.items[row.at]
  return item ? addItem(removeRow(groups, row), to, item) : groups
}

/** The groups with an empty one more, under a name that none of them has. */
export function addGroup(groups: readonly NavigationGroup[], wanted: string, label: Label): readonly NavigationGroup[] {
  let group = wanted
  for (let attempt = 2; groups.some(each => each.group === group); attempt++) group = `${wanted.slice(0, 37)}${attempt}`
  return [...groups, { group, label, items: [] }]
}
