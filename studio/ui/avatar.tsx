import { seriesOrder } from './theme.js'

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text)

/** The letters of a person: two Latin initials, or the last two Chinese characters; one where there is no room. */
export function initials(name: string, size: number): string {
  const text = name.trim()
  if (isChinese(text)) return [...text.replace(/\s/g, '')].slice(size < 24 ? -1 : -2).join('')
  const words = text.split(/[\s.@_-]+/).filter(word => word !== '')
  return ((words[0]?.[0] ?? '?') + (words.length > 1 ? (words.at(-1)?.[0] ?? '') : '')).toUpperCase()
}

function colorOf(text: string): string {
  let sum = 0
  for (const character of text) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return seriesOrder[sum % seriesOrder.length] ?? 'gray'
}

/** A person as a circle with initials, always in the same colour. */
export function Avatar({ name, size = 20 }: { name: string; size?: number }) {
  const color = colorOf(name)
  const style = {
    width: size,
    height: size,
    fontSize: Math.max(9, Math.round(size * 0.42)),
    background: `var(--opt-${color}-bg)`,
    color: `var(--opt-${color}-text)`,
  }
  return <span className="avatar" style={style} data-letters={initials(name, size)} aria-hidden />
}

/** A person with avatar and name. */
export const Person = ({ name, size = 20 }: { name: string; size?: number }) => (
  <span className="person">
    <Avatar name={name} size={size} />
    <span className="cut">{name}</span>
  </span>
)
