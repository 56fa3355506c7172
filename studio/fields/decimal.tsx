import { Ruler } from 'lucide-react'
import type { FieldFace } from './face.js'
import { integer } from './integer.js'

export const decimal: FieldFace = { ...integer, icon: Ruler }
