import { Clock } from 'lucide-react'
import { date } from './date.js'
import type { FieldFace } from './face.js'

export const dateTime: FieldFace = { ...date, icon: Clock, width: 150, filters: ['within', 'gte', 'lte', 'isNull'] }
