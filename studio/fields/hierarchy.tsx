import { Network } from 'lucide-react'
import type { FieldFace } from './face.js'
import { lookup } from './lookup.js'

export const hierarchy: FieldFace = { ...lookup, icon: Network }
