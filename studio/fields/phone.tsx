import { Phone } from 'lucide-react'
import type { DisplayProps, FieldFace, InputProps } from './face.js'
import { TextInput } from './lazy-inputs.js'
import { LinkDisplay } from './links.js'
import { text } from './text.js'

const PhoneDisplay = (props: DisplayProps) => <LinkDisplay {...props} href={number => `tel:${number.replace(/[^\d+]/g, '')}`} />
const PhoneInput = (props: InputProps) => <TextInput {...props} inputMode="tel" />

export const phone: FieldFace = { ...text, icon: Phone, width: 140, Display: PhoneDisplay, Input: PhoneInput }
