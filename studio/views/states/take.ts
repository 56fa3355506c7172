import { useQueryClient } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { StateField } from '@tessera/platform/records/transitions.js'
import type { TFunction } from 'i18next'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp } from '../../api/app.js'
import type { RecordValues } from '../../api/records.js'
import { type Offer, readOffers, takeTransition } from '../../api/transitions.js'
import { showWhy } from '../../api/why.js'
import { waysOf } from '../../fields/states.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'
import { askTransition } from './asked.js'

/** Takes the transition of a record to a state; null when it was refused, which has been told, or closed. */
export type Take = (record: RecordValues, field: StateField, to: string, select: string) => Promise<RecordValues | null>

const asksNothing = ({ form, confirm, comment }: Pick<Offer, 'form' | 'confirm' | 'comment'>): boolean =>
  form.length === 0 && confirm === null && comment !== 'required'

const told = ({ reason, hint }: Offer): string => [reason, hint].filter(part => part).join(' ')

/** The way from a refusal to the guard that refused, with its inputs. */
export const whyAction = ({ label, why }: Pick<Offer, 'label' | 'why'>, t: TFunction) =>
  why.length === 0 ? undefined : { label: t('why.ask'), run: () => showWhy([{ title: label, lines: why }]) }

/** Changes states by their transitions: at once, or by the sheet of one that asks for something; the way back stands in the toast where there is one. */
export function useTake(object: ObjectModel): Take {
  const { t } = useTranslation()
  const app = useApp()
  const client = useQueryClient()
  return useCallback(
    async (record, field, to, select) => {
      try {
        const offers = (await readOffers(object, record.id)).filter(offer => offer.field === field.name && offer.to === to)
        const offer = offers.find(({ allowed }) => allowed) ?? offers[0]
        if (!offer?.allowed) {
          toastFailure(offer ? told(offer) : t('states.gone'), offer && whyAction(offer, t))
          return null
        }
        const after = asksNothing(offer)
          ? await takeTransition(client, object, record.id, { transition: offer.transition, data: {}, comment: null }, select)
          : await askTransition({ object, id: record.id, offer, select })
        if (!after) return null
        const back = waysOf(field, { ...record, ...after }, app).find(way => way.to === record[field.key])
        const isPlain = back && back.form.length === 0 && back.requires.length === 0 && back.confirm === null && back.comment !== 'required'
        const undo = () =>
          void takeTransition(client, object, record.id, { transition: back?.name ?? '', data: {}, comment: null }, select).catch(
            (error: unknown) => toastFailure(failureText(error, t)),
          )
        const text = t('board.moved', { name: field.type.format(to, field.definition, app) })
        toast(text, isPlain ? { undo: { label: t('undo'), run: undo } } : {})
        return after
      } catch (error) {
        toastFailure(failureText(error, t))
        return null
      }
    },
    [app, client, object, t],
  )
}
