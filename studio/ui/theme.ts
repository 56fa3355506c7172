import type { AccentName } from '@tessera/platform/definitions/app.js'

/** Every colour of the product, once; antd's theme and the CSS variables of our own markup come from here. */
export type Mode = 'light' | 'dark'

const light = {
  bg: '#ffffff',
  layout: '#f6f6f7',
  sunken: '#fafafb',
  elevated: '#ffffff',
  hover: '#f3f3f5',
  selected: '#eef0fd',
  borderSoft: '#eeeef1',
  border: '#e4e4e8',
  input: '#cdcfd6',
  control: '#8b8e98',
  text: '#1b1c20',
  text2: '#50535c',
  text3: '#666a75',
  disabled: '#a2a5ae',
  accent: '#4451c9',
  accentHover: '#3742b0',
  accentActive: '#2d3695',
  link: '#3f4cc4',
  focus: '#4451c9',
  error: '#c0262d',
  dangerFill: '#c8323a',
  success: '#177245',
  warning: '#8f5600',
  onAccent: '#ffffff',
  shadow: '0 0 0 1px rgba(20,22,30,.04), 0 1px 2px rgba(20,22,30,.06)',
  shadowPop: '0 0 0 1px rgba(20,22,30,.06), 0 4px 12px rgba(20,22,30,.08), 0 16px 40px rgba(20,22,30,.10)',
}

export type Palette = typeof light

const dark: Palette = {
  bg: '#17181b',
  layout: '#101113',
  sunken: '#141518',
  elevated: '#202226',
  hover: '#1f2125',
  selected: '#23284a',
  borderSoft: '#24262b',
  border: '#2d2f35',
  input: '#3e4149',
  control: '#71757f',
  text: '#ececef',
  text2: '#b4b7c0',
  text3: '#9599a3',
  disabled: '#5e626c',
  accent: '#5a67dd',
  accentHover: '#4f5bd0',
  accentActive: '#4550bd',
  link: '#a3adff',
  focus: '#8f9bff',
  error: '#ff8f8f',
  dangerFill: '#c8323a',
  success: '#63cf97',
  warning: '#eab65c',
  onAccent: '#ffffff',
  shadow: '0 0 0 1px rgba(255,255,255,.05), 0 1px 2px rgba(0,0,0,.5)',
  shadowPop: '0 0 0 1px rgba(255,255,255,.08), 0 8px 24px rgba(0,0,0,.5), 0 24px 56px rgba(0,0,0,.45)',
}

export const palettes: Record<Mode, Palette> = { light, dark }

/** What an accent colours: the one main action, links, focus, what is selected. */
type Accent = Pick<Palette, 'accent' | 'accentHover' | 'accentActive' | 'link' | 'focus' | 'selected'>

const accentOf = ({ accent, accentHover, accentActive, link, focus, selected }: Palette): Accent => ({
  accent,
  accentHover,
  accentActive,
  link,
  focus,
  selected,
})

const tone = (accent: string, accentHover: string, accentActive: string, link: string, focus: string, selected: string): Accent => ({
  accent,
  accentHover,
  accentActive,
  link,
  focus,
  selected,
})

/** The accents that a workspace may choose from, each readable in both modes. */
const accents: Readonly<Record<AccentName, Record<Mode, Accent>>> = {
  indigo: { light: accentOf(light), dark: accentOf(dark) },
  blue: {
    light: tone('#1463b8', '#0f549e', '#0c4684', '#125cab', '#1463b8', '#e8f1fc'),
    dark: tone('#2f72c4', '#2866b2', '#215899', '#8fc4ff', '#6fb1ff', '#172f4a'),
  },
  teal: {
    light: tone('#0f6e74', '#0b5d62', '#094e53', '#0d666b', '#0f6e74', '#e6f4f4'),
    dark: tone('#127a80', '#0f6b70', '#0d5c60', '#7fdada', '#5cc9c9', '#12363a'),
  },
  green: {
    light: tone('#17703f', '#125d34', '#0e4d2b', '#15673a', '#17703f', '#e9f5ee'),
    dark: tone('#22794a', '#1c6a40', '#175a36', '#86dbab', '#63cf97', '#16372a'),
  },
  purple: {
    light: tone('#7a3fb8', '#68339f', '#572a86', '#7239ad', '#7a3fb8', '#f4edfc'),
    dark: tone('#8650c4', '#7745b2', '#693c9e', '#d2b0ff', '#bb8df5', '#33234c'),
  },
  pink: {
    light: tone('#b0266f', '#98205f', '#801a50', '#a52368', '#b0266f', '#fdecf4'),
    dark: tone('#bd3a80', '#a93373', '#942c64', '#ffabd4', '#f583ba', '#43203a'),
  },
}

/** The palette of a mode with an accent. */
export const paletteOf = (mode: Mode, accent: AccentName): Palette => ({ ...palettes[mode], ...accents[accent][mode] })

/** Colours of options: background, text, dot. */
type OptionTriple = readonly [background: string, text: string, dot: string]
const options = {
  gray: { light: ['#ededf0', '#474a53', '#7d818c'], dark: ['#2d2f36', '#c3c6cf', '#8d919c'] },
  red: { light: ['#fde8e8', '#a11d23', '#d64545'], dark: ['#46201f', '#ffb3b0', '#ef6b6b'] },
  orange: { light: ['#fdeadb', '#8f3f06', '#d9711c'], dark: ['#452a16', '#ffc08f', '#ee8b43'] },
  amber: { light: ['#fbf0cc', '#735000', '#a67c00'], dark: ['#3f3412', '#f3d27a', '#d8ab2d'] },
  green: { light: ['#e0f4e6', '#14603a', '#2a9a60'], dark: ['#17372a', '#8fdfb3', '#3fb37a'] },
  teal: { light: ['#dbf3f3', '#0d5c61', '#16908f'], dark: ['#12373a', '#86dcdc', '#2fb0b0'] },
  blue: { light: ['#e1effc', '#114f8c', '#2b7fd4'], dark: ['#16304c', '#9bcbff', '#4b9bef'] },
  indigo: { light: ['#e8eafd', '#3a43a8', '#5a66dd'], dark: ['#262b52', '#b9c1ff', '#7f8bf2'] },
  purple: { light: ['#f1e8fc', '#6a32a3', '#9556d6'], dark: ['#372350', '#d9bcff', '#ac76ea'] },
  pink: { light: ['#fde7f2', '#9a1f63', '#d1498f'], dark: ['#47203a', '#ffb5da', '#e6689f'] },
} as const

export type OptionColor = keyof typeof options

export const optionColors: Readonly<Record<OptionColor, Record<Mode, OptionTriple>>> = options

/** The order in which charts take the option colours. */
export const seriesOrder: readonly OptionColor[] = ['indigo', 'teal', 'amber', 'pink', 'blue', 'green', 'orange', 'purple', 'red', 'gray']

/** The option colour of a name from metadata; an unknown name is grey. */
export const optionColor = (name: string | undefined): OptionColor =>
  name !== undefined && Object.hasOwn(optionColors, name) ? (name as OptionColor) : 'gray'

// Nothing is downloaded.
export const font =
  '-apple-system, "Segoe UI", "Helvetica Neue", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'

/** The CSS variables of a mode with an accent: `--text2`, `--opt-blue-bg` and so on. */
export function cssVariables(mode: Mode, accent: AccentName = 'indigo'): string {
  const plain = Object.entries(paletteOf(mode, accent)).map(([name, value]) => `--${name}:${value}`)
  const triples = Object.entries(optionColors).flatMap(([name, colors]) => {
    const [background, text, dot] = colors[mode]
    return [`--opt-${name}-bg:${background}`, `--opt-${name}-text:${text}`, `--opt-${name}-dot:${dot}`]
  })
  return `:root{color-scheme:${mode};--font:${font};${[...plain, ...triples].join(';')}}:root:lang(en){--font:"Latin marks",${font}}`
}
