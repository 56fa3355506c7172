import { registerOf } from '../registry.js'
import type { Action } from './action.js'
import { create } from './create.js'

/** Every action of workflows, by name. */
export const actions: Readonly<Record<string, Action>> = registerOf<Action>([create])
