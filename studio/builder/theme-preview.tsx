import { Button, ConfigProvider, Input } from 'antd'
import { Box } from 'lucide-react'
import type { CSSProperties } from 'react'
import { themeOf } from '../ui/antd-theme.js'
import type { Look } from '../ui/look.js'
import { OptionTag } from '../ui/tag.js'
import { type Mode, optionColors, paletteOf } from '../ui/theme.js'
import { useLayoutTexts } from './layout-texts.js'

/** A piece of the app in a look, by day and by night; nothing can be done there. */
export function ThemePreview({ look }: { look: Look }) {
  return (
    <div className="theme-preview">
      {(['light', 'dark'] as const).map(mode => (
        <Piece key={mode} look={look} mode={mode} />
      ))}
    </div>
  )
}

/** The colours of a mode as the variables that our own markup reads. */
function variablesOf(mode: Mode, { accent }: Look): CSSProperties {
  const options = Object.entries(optionColors).flatMap(([name, colors]) => [
    [`--opt-${name}-bg`, colors[mode][0]],
    [`--opt-${name}-text`, colors[mode][1]],
  ])
  const plain = Object.entries(paletteOf(mode, accent)).map(([name, value]) => [`--${name}`, value])
  return { ...Object.fromEntries([...plain, ...options]), colorScheme: mode } as CSSProperties
}

function Piece({ look, mode }: { look: Look; mode: Mode }) {
  const { t } = useLayoutTexts()
  const theme = themeOf(paletteOf(mode, look.accent), mode, look.density === 'compact', false, true)
  const height = look.density === 'compact' ? 34 : 40
  return (
    <ConfigProvider theme={{ ...theme, cssVar: { key: `look-${mode}-${look.accent}-${look.density}` } }}>
      <figure className="theme-piece" style={variablesOf(mode, look)}>
        <figcaption>{t(`mode.${mode}`)}</figcaption>
        <div inert>
          <div className="theme-head">
            <Box size={16} aria-hidden /> <strong className="grow">{t('theme.sample')}</strong>
            <Button type="primary">{t('theme.sampleAction')}</Button>
          </div>
          {(['blue', 'green', 'amber'] as const).map((color, at) => (
            <div key={color} className={at === 1 ? 'theme-row chosen' : 'theme-row'} style={{ height }}>
              <span className="grow">{t('theme.sampleRow', { number: at + 1 })}</span>
              <OptionTag label={t(`theme.sampleTag.${color}`)} color={color} />
              <a href="/">{t('theme.sampleLink')}</a>
            </div>
          ))}
          <Input placeholder={t('theme.sampleInput')} aria-label={t('theme.sampleInput')} />
        </div>
      </figure>
    </ConfigProvider>
  )
}
