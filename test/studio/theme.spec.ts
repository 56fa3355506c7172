import { describe, expect, it } from '@jest/globals'
import { accentNames } from '../../platform/definitions/app.js'
import { cssVariables, type Mode, optionColors, paletteOf, palettes } from '../../studio/ui/theme.js'

/** Relative luminance (WCAG 2.2, section "relative luminance"). */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  const [red = 0, green = 0, blue = 0] = channels.map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast ratio (WCAG 2.2, section "contrast ratio"). */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((left, right) => right - left)
  return (light + 0.05) / (dark + 0.05)
}

const modes: Mode[] = ['light', 'dark']
const surfaces = ['bg', 'layout', 'sunken', 'elevated', 'hover', 'selected'] as const
const texts = ['text', 'text2', 'text3', 'link', 'error', 'success', 'warning'] as const

const looks = modes.flatMap(mode => accentNames.map(accent => [mode, accent] as const))

describe.each(looks)('the %s palette with the accent %s', (mode, accent) => {
  const palette = paletteOf(mode, accent)

  it('keeps every text readable on every surface (4.5 : 1)', () => {
    for (const surface of surfaces)
      for (const text of texts)
        expect({ surface, text, ok: contrast(palette[text], palette[surface]) >= 4.5 }).toEqual({ surface, text, ok: true })
  })

  it('keeps white readable on the accent and on the danger fill', () => {
    for (const fill of ['accent', 'accentHover', 'accentActive', 'dangerFill'] as const)
      expect(contrast(palette.onAccent, palette[fill])).toBeGreaterThanOrEqual(4.5)
  })

  it('shows the focus on every surface (3 : 1)', () => {
    for (const surface of surfaces) expect(contrast(palette.focus, palette[surface])).toBeGreaterThanOrEqual(3)
  })

  it('keeps options readable on their own colour, and their dots visible', () => {
    for (const [name, colors] of Object.entries(optionColors)) {
      const [background, text, dot] = colors[mode]
      expect({ name, ok: contrast(text, background) >= 4.5 }).toEqual({ name, ok: true })
      expect({ name, ok: contrast(dot, palette.bg) >= 3 }).toEqual({ name, ok: true })
    }
  })

  it('writes every colour as a CSS variable', () => {
    const css = cssVariables(mode, accent)
    expect(css).toContain(`--text2:${palette.text2}`)
    expect(css).toContain(`--accent:${palette.accent}`)
    expect(css).toContain('--opt-indigo-bg:')
    expect(css).toContain(`color-scheme:${mode}`)
  })
})

it('is as it always was where no accent is chosen', () => {
  for (const mode of modes) expect([paletteOf(mode, 'indigo'), cssVariables(mode)]).toEqual([palettes[mode], cssVariables(mode, 'indigo')])
})
