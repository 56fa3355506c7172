import { formatShortMoney } from '@tessera/platform/fields/reading.js'
import { labelOf } from '@tessera/platform/label.js'
import type { FieldModel, ObjectModel, ViewModel } from '@tessera/platform/model/model.js'
import { useMemo } from 'react'
import { type App, useApp } from '../../api/app.js'
import { type Group, useAggregate } from '../../api/records.js'
import { faceOf } from '../../fields/index.js'
import { isClosedKind, seenFields, selectionOf, titleName } from '../../fields/selection.js'
import type { ListState } from '../list/list-state.js'

/** One column of a board: an option, with the count and the sum of all its records. */
export interface BoardLane {
  readonly value: string
  readonly label: string
  readonly color: string | undefined
  readonly isClosed: boolean
  readonly count: number
  /** One for each currency, the workspace's first. */
  readonly sums: readonly string[]
}

/** The columns of a board, and whether what they add up is in several currencies. */
export interface BoardLanes {
  readonly lanes: readonly BoardLane[]
  readonly isMixed: boolean
}

/** The parts of a card: title, lines below it, the amount, the person, the rest. */
export interface CardParts {
  readonly title: FieldModel | undefined
  readonly value: FieldModel | undefined
  readonly person: FieldModel | undefined
  readonly related: FieldModel | undefined
  readonly others: readonly FieldModel[]
}

const mostOthers = 3

/** What cards show: as the board's view says, else what fits a card by its type. */
export function cardParts(object: ObjectModel, view: ViewModel | undefined, by: FieldModel): CardParts {
  const title = object.fields[titleName(object)]
  const defined = view?.definition.cards?.fields.flatMap(name => object.fields[name] ?? [])
  const usual = seenFields(object).filter(
    field => field.definition.inList !== false && (!field.system || field.name === 'owner') && field.relation?.kind !== 'masterDetail',
  )
  const fields = (defined ?? usual).filter(
    field => field.name !== title?.name && field.name !== by.name && faceOf(field).card !== undefined,
  )
  const named = view?.definition.cards?.value
  const value = (named !== undefined ? object.fields[named] : undefined) ?? fields.find(field => faceOf(field).card === 'value')
  const person = fields.find(field => faceOf(field).card === 'person') ?? (defined ? undefined : object.fields.owner)
  const related = fields.find(field => field.relation !== null && field.relation.kind !== 'member')
  const others = fields.filter(field => field !== value && field !== person && field !== related)
  const shown = defined ? others : others.filter(field => faceOf(field).card === 'date' || faceOf(field).card === 'tag')
  return { title, value, person, related, others: shown.slice(0, mostOthers) }
}

/** What to ask of the records of a board. */
export function useBoardSelect(object: ObjectModel, parts: CardParts, by: FieldModel): string {
  const { model } = useApp()
  return useMemo(
    () =>
      selectionOf(
        object,
        [
          by,
          by.states ? object.fields[by.states.since] : undefined,
          parts.title,
          parts.value,
          parts.person,
          parts.related,
          ...parts.others,
        ].flatMap(field => field?.name ?? []),
        model,
      ),
    [object, parts, by, model],
  )
}

function sumTexts(groups: readonly Group[], value: FieldModel | undefined, app: App, isMixed: boolean): string[] {
  if (!value) return []
  const currencyOf = (group: Group) => String(group.keys[1] ?? '') || app.currency
  return groups
    .filter(group => group.sum?.[value.name] != null)
    .sort((left, right) => Number(currencyOf(right) === app.currency) - Number(currencyOf(left) === app.currency))
    .map(group => formatShortMoney(group.sum?.[value.name], app.locale, currencyOf(group), isMixed))
}

/** The columns of a board with their counts and sums from the server, over all records. */
export function useBoardLanes(
  object: ObjectModel,
  state: Pick<ListState, 'where' | 'search'>,
  by: FieldModel,
  value: FieldModel | undefined,
): BoardLanes {
  const app = useApp()
  const byCurrency = value !== undefined && value.currency !== null && value.currency.from !== 'workspace'
  const groupBy = useMemo(
    () => [{ [by.name]: {} }, ...(byCurrency ? [{ [`${value.name}Currency`]: {} }] : [])],
    [by.name, byCurrency, value],
  )
  const { data } = useAggregate({
    object,
    measures: value ? `count sum { ${value.name} }` : 'count',
    groupBy,
    where: state.where,
    search: state.search,
  })
  return useMemo(() => {
    const summed = (data ?? []).filter(group => value && group.sum?.[value.name] != null)
    const isMixed = byCurrency && new Set(summed.map(group => group.keys[1])).size > 1
    const lanes = (by.definition.options ?? []).flatMap((option): BoardLane[] => {
      const groups = (data ?? []).filter(group => group.keys[0] === option.value)
      const count = groups.reduce((sum, group) => sum + group.count, 0)
      if (option.inactive && count === 0) return []
      return [
        {
          value: option.value,
          label: labelOf(option.label, app.locale) || option.value,
          color: option.color as string | undefined,
          isClosed: isClosedKind(option.kind),
          count,
          sums: sumTexts(groups, value, app, isMixed),
        },
      ]
    })
    return { lanes, isMixed }
  }, [by, byCurrency, data, value, app])
}
