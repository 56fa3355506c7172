import { Sigma } from 'lucide-react'
import type { FieldFace } from './face.js'
import { formula } from './formula.js'

export const rollup: FieldFace = { ...formula, icon: Sigma }
