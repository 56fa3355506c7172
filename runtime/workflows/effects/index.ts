import type { Effect } from '@tessera/platform/actions/action.js'
import { create } from './create.js'
import type { EffectPlace, Performer } from './effect.js'

/** One performer for each effect: a new effect does not compile until it has its own. */
const performers: { readonly [E in Effect['effect']]: Performer<Extract<Effect, { readonly effect: E }>> } = { create }

/** Performs an effect in its place. */
export const perform = (effect: Effect, place: EffectPlace): Promise<void> => performers[effect.effect](effect, place)
