import { CornerDownRight } from 'lucide-react'
import type { FieldFace } from './face.js'
import { formula } from './formula.js'

export const lookupValue: FieldFace = { ...formula, icon: CornerDownRight }
