import type { Label, Locale } from '@tessera/platform/label.js'
import { Input } from 'antd'
import { useApp } from '../api/app.js'
import { Property } from './property.js'
import { useTexts } from './texts.js'

interface LabelInputsProps {
  id: string
  title: string
  value: Label | undefined
  onChange: (label: Label | undefined) => void
  help?: string | undefined
  error?: string | undefined
  long?: boolean
}

/** A text in both languages, the one that is shown first. */
export function LabelInputs({ id, title, value, onChange, help, error, long = false }: LabelInputsProps) {
  const { t } = useTexts()
  const { locale } = useApp()
  const languages: readonly Locale[] = locale === 'en' ? ['en', 'zh-CN'] : ['zh-CN', 'en']
  const texts = typeof value === 'string' ? { [locale]: value } : (value ?? {})
  const change = (language: Locale, text: string) => {
    const next = Object.fromEntries(Object.entries({ ...texts, [language]: text }).filter(([, each]) => each !== ''))
    onChange(Object.keys(next).length > 0 ? (next as Label) : undefined)
  }
  return languages.map((language, index) => (
    <Property
      key={language}
      id={`${id}-${language}`}
      label={t(`inLanguage.${language}`, { title })}
      help={index === 1 ? help : undefined}
      error={index === 0 ? error : undefined}
    >
      {long ? (
        <Input.TextArea
          id={`${id}-${language}`}
          lang={language}
          autoSize={{ minRows: 1, maxRows: 4 }}
          value={texts[language] ?? ''}
          onChange={event => change(language, event.target.value)}
        />
      ) : (
        <Input
          id={`${id}-${language}`}
          lang={language}
          value={texts[language] ?? ''}
          onChange={event => change(language, event.target.value)}
        />
      )}
    </Property>
  ))
}
