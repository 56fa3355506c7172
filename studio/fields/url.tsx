import { Link2 } from 'lucide-react'
import type { DisplayProps, FieldFace, InputProps } from './face.js'
import { TextInput } from './lazy-inputs.js'
import { LinkDisplay } from './links.js'
import { text } from './text.js'

// Only web addresses become links; anything else could act on a click.
const webAddress = (address: string): string | undefined => (/^https?:\/\//i.test(address) ? address : undefined)

const UrlDisplay = (props: DisplayProps) => <LinkDisplay {...props} href={webAddress} />
const UrlInput = (props: InputProps) => <TextInput {...props} inputMode="url" />

export const url: FieldFace = { ...text, icon: Link2, width: 180, Display: UrlDisplay, Input: UrlInput }
