import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import type { TFunction } from 'i18next'
import { type ComponentType, createElement, lazy, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { objectPath } from '../api/addresses.js'
import { type App, useApp, useLabel } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { ask } from '../api/client.js'
import { useWrites } from '../api/writes.js'
import { writeConditions } from '../fields/conditions.js'
import { type ChoiceProps, choose, confirm, type Question } from '../ui/confirm.js'
import { toast, toastFailure } from '../ui/toast.js'
import { failureText } from './failure.js'

const SuccessorChoice = lazy(() => import('./successor-choice.js').then(module => ({ default: module.SuccessorChoice })))

/** What deleting records does to others. */
interface Effect {
  readonly rule: 'restrict' | 'reassign' | 'cascade' | 'unlink' | 'lift' | 'setNull'
  readonly object: ObjectModel
  readonly field: FieldModel
  readonly count: number
}

const document =
  'query DeletionEffects($object: String!, $ids: [ID!]!) { effects: deletionEffects(object: $object, ids: $ids) { rule object field count } }'

/** What deleting some records would do; nothing when it cannot be told, the server decides in any case. */
async function effectsOf(object: ObjectModel, { model }: App, ids: readonly string[]): Promise<Effect[]> {
  type Told = Pick<Effect, 'rule' | 'count'> & { readonly object: string; readonly field: string }
  const none: { effects: readonly Told[] } = { effects: [] }
  const { effects } = await ask<typeof none>('/platform', document, { object: object.name, ids }).catch(() => none)
  return effects.flatMap(({ rule, object: of, field: by, count }) => {
    const holder = lookup(model.objects, of)
    const field = holder && lookup(holder.fields, by)
    return holder && field ? [{ rule, object: holder, field, count }] : []
  })
}

/** An effect as a sentence. */
function effectText({ rule, object, field, count }: Effect, label: ReturnType<typeof useLabel>, t: TFunction): string {
  const name = label(rule === 'unlink' ? object.label : count === 1 ? object.label : object.pluralLabel)
  return t(`delete.${rule}`, { count, name, field: label(field.label) })
}

/** Effects one after the other, and what is said at the end. */
const effectsText = (effects: readonly Effect[], end: string, label: ReturnType<typeof useLabel>, t: TFunction): string =>
  [...effects.map(effect => effectText(effect, label, t)), end].reduce((first, second) => t('sentences', { first, second }))

/** So many ids stand in an address. */
const mostInAddress = 50

/** Where the records are listed that hold on to some others. */
function holdersPath(app: string, { object, field }: Effect, ids: readonly string[]): string {
  const conditions = writeConditions([{ field: field.name, operator: 'in', value: ids.slice(0, mostInAddress) }])
  return `${objectPath(app, object.name)}?f=${encodeURIComponent(conditions)}`
}

/** Asks for the record that takes over what points at those that go; null where nothing is handed over. */
const successorChoice = (effects: readonly Effect[], object: ObjectModel, name: string, leaving: readonly string[]) =>
  effects.some(({ rule }) => rule === 'reassign')
    ? (props: ChoiceProps) => createElement(SuccessorChoice, { object, name, leaving, ...props })
    : null

/** Asks whether to delete, and where it has to be chosen who takes over; null when not. */
async function asked(question: Question, Choice: ComponentType<ChoiceProps> | null): Promise<{ successor: string | null } | null> {
  if (!Choice) return (await confirm(question)) ? { successor: null } : null
  const successor = await choose({ ...question, Choice })
  return successor === null ? null : { successor }
}

/** Deletes records: tells what it does to others, and offers the way back for half a minute; resolves to whether it was done. */
export function useDeletion(object: ObjectModel): (ids: readonly string[]) => Promise<boolean> {
  const { t } = useTranslation()
  const label = useLabel()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const writes = useWrites(object)
  return useCallback(
    async ids => {
      const given = ids.filter(id => id !== '')
      const count = given.length
      if (count === 0) return false
      const of = label(count === 1 ? object.label : object.pluralLabel)
      const effects = await effectsOf(object, app, given)
      const told = (some: readonly Effect[], end: string) => effectsText(some, end, label, t)
      const [first, ...more] = effects.filter(({ rule }) => rule === 'restrict')
      if (first) {
        const holders = label(first.object.pluralLabel)
        const title = t('delete.held', { count, name: of })
        if (await confirm({ title, body: told([first, ...more], t('delete.heldHint')), verb: t('delete.showHolders', { name: holders }) }))
          void navigate(holdersPath(name, first, given))
        return false
      }
      const title = t('delete.title', { count, name: of })
      const question = { title, body: told(effects, t('delete.back', { count })), verb: t('delete.verb', { count }), danger: true }
      const answer = await asked(question, successorChoice(effects, object, label(object.label), given))
      if (!answer) return false
      try {
        await writes.remove(given, answer.successor)
        const restore = () => void writes.restore(given).catch((error: unknown) => toastFailure(failureText(error, t)))
        toast(t('delete.done', { count, name: of }), { undo: { label: t('undo'), run: restore }, seconds: 30 })
        return true
      } catch (error) {
        toastFailure(failureText(error, t))
        return false
      }
    },
    [object, app, name, navigate, writes, label, t],
  )
}
