import { Waypoints } from 'lucide-react'
import type { FieldFace } from './face.js'
import { lookup } from './lookup.js'

export const manyToMany: FieldFace = { ...lookup, icon: Waypoints, filters: ['hasAny', 'hasNone', 'hasAll', 'isNull'] }
