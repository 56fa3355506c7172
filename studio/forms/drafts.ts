import type { Values } from '../fields/face.js'

const place = (object: string, id: string | undefined) => `tessera.draft.${object}.${id ?? 'new'}`

/** Keeps what is typed on this device until it is saved or thrown away. */
export const keepDraft = (object: string, id: string | undefined, values: Values): void =>
  localStorage.setItem(place(object, id), JSON.stringify(values))

export const forgetDraft = (object: string, id: string | undefined): void => localStorage.removeItem(place(object, id))

/** What was typed into this form before and not saved; undefined when nothing was. */
export function readDraft(object: string, id: string | undefined): Values | undefined {
  try {
    return (JSON.parse(localStorage.getItem(place(object, id)) ?? 'null') as Values | null) ?? undefined
  } catch {
    return undefined
  }
}
