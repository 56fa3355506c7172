import { Split } from 'lucide-react'
import type { FieldFace } from './face.js'
import { lookup } from './lookup.js'

export const polymorphic: FieldFace = { ...lookup, icon: Split }
