import type { ReactNode } from 'react'
import { type OptionColor, optionColor } from './theme.js'

const tagStyles = new Map<string, { background: string; color: string }>()

function tagStyle(color: OptionColor) {
  const known = tagStyles.get(color)
  if (known) return known
  const style = { background: `var(--opt-${color}-bg)`, color: `var(--opt-${color}-text)` }
  tagStyles.set(color, style)
  return style
}

/** One option in its colour; an unknown colour is grey. */
export const OptionTag = ({ label, color, children }: { label: string; color?: string | undefined; children?: ReactNode }) => (
  <span className="tag" style={tagStyle(optionColor(color))}>
    <span>{label}</span>
    {children}
  </span>
)

/** The colour of an option alone, beside its text. */
export const OptionDot = ({ color }: { color?: string | undefined }) => (
  <span className="dot" style={{ background: `var(--opt-${optionColor(color)}-dot)` }} aria-hidden />
)
