import { useApp } from '../api/app.js'
import { type DisplayProps, textOf } from './face.js'
import { Nothing } from './plain-display.js'

/** A value that can be followed: the text is a link of the given scheme. */
export function LinkDisplay({ field, record, place, href }: DisplayProps & { href: (text: string) => string | undefined }) {
  const app = useApp()
  const text = textOf(field, record, app)
  if (text === '') return <Nothing place={place} />
  const target = href(text)
  if (!target) return <span className="cut">{text}</span>
  const outside = target.startsWith('http') ? { target: '_blank', rel: 'noreferrer noopener' } : {}
  return (
    <a
      className="value-link cut"
      href={target}
      tabIndex={place === 'cell' ? -1 : 0}
      onClick={event => event.stopPropagation()}
      {...outside}
    >
      {text}
    </a>
  )
}
