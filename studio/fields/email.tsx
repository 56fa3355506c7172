import { Mail } from 'lucide-react'
import type { DisplayProps, FieldFace, InputProps } from './face.js'
import { TextInput } from './lazy-inputs.js'
import { LinkDisplay } from './links.js'
import { text } from './text.js'

const EmailDisplay = (props: DisplayProps) => <LinkDisplay {...props} href={address => `mailto:${address}`} />
const EmailInput = (props: InputProps) => <TextInput {...props} inputMode="email" />

export const email: FieldFace = { ...text, icon: Mail, width: 190, Display: EmailDisplay, Input: EmailInput }
