import { IdCard } from 'lucide-react'
import { useApp } from '../api/app.js'
import type { FieldFace, InputProps } from './face.js'
import { PartsInput, TextFilterValue } from './lazy-inputs.js'
import { TextDisplay } from './plain-display.js'

const order = { en: ['given', 'family', 'middle'], 'zh-CN': ['family', 'given'] } as const
const known = { given: 'given-name', family: 'family-name', middle: 'additional-name' }

/** The parts of a name in the order of the reader's language; middle names are asked where there is one, or in English. */
function PersonNameInput(props: InputProps) {
  const { locale } = useApp()
  const given = typeof props.value === 'object' && props.value !== null ? (props.value as Record<string, unknown>) : {}
  const more = ['middle', 'prefix', 'suffix'].filter(part => Boolean(given[part]))
  return <PartsInput {...props} names={[...new Set([...order[locale], ...more])]} autoComplete={known} />
}

export const personName: FieldFace = {
  icon: IdCard,
  width: 160,
  Display: TextDisplay,
  Input: PersonNameInput,
  filters: ['iContains', 'isNull'],
  FilterValue: TextFilterValue,
  card: 'line',
}
