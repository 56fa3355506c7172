import { ListTree } from 'lucide-react'
import type { FieldFace } from './face.js'
import { lookup } from './lookup.js'

export const masterDetail: FieldFace = { ...lookup, icon: ListTree }
