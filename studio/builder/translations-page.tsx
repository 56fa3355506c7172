import { useVirtualizer } from '@tanstack/react-virtual'
import type { Label, Locale } from '@tessera/platform/label.js'
import { locales } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Checkbox, Input, Select } from 'antd'
import { Languages, Search } from 'lucide-react'
import { type KeyboardEvent, useDeferredValue, useMemo, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { DeskOnly } from './desk-only.js'
import { type LabelText, labelTexts, textIn, toldIn, withText } from './label-texts.js'
import { usePlaceName } from './place-name.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'
import './translations.css'

/** Every text of the definitions in every language, to be read and mended in one place. */
export default function TranslationsPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const { elements } = useWorkshop()
  const texts = useMemo(() => labelTexts(elements), [elements])
  useTitle(t('translations'), t('studio'), member.workspace.name)
  return (
    <>
      <PageHead title={t('translations')} icon={Languages} />
      <div className="translations">
        <ul className="translation-shares" aria-label={t('translations.complete')}>
          {locales.map(locale => (
            <Share key={locale} locale={locale} texts={texts} />
          ))}
        </ul>
        <DeskOnly>
          <Grid texts={texts} />
        </DeskOnly>
      </div>
    </>
  )
}

function Share({ locale, texts }: { locale: Locale; texts: readonly LabelText[] }) {
  const { t } = useTexts()
  const told = toldIn(texts, locale)
  const share = texts.length === 0 ? 100 : Math.floor((told / texts.length) * 100)
  return (
    <li>
      <span>{t(`language.${locale}`)}</span>
      <progress value={told} max={Math.max(1, texts.length)} aria-label={t(`language.${locale}`)} />
      <span className="num quiet">{t('translations.share', { share, told, all: texts.length })}</span>
    </li>
  )
}

/** What is looked for stands in the address. */
function useShown(texts: readonly LabelText[]) {
  const [params, setParams] = useSearchParams()
  const q = params.get('q') ?? ''
  const of = params.get('of') ?? ''
  const isMissing = params.get('missing') !== null
  const set = (key: string, value: string | null) =>
    setParams(
      before => {
        const next = new URLSearchParams(before)
        if (value === null) next.delete(key)
        else next.set(key, value)
        return next
      },
      { replace: true },
    )
  const needle = useDeferredValue(q.trim().toLowerCase())
  const shown = texts.filter(
    ({ path, keys, label }) =>
      (of === '' || path === of) &&
      (!isMissing || locales.some(locale => textIn(label, locale).trim() === '')) &&
      (needle === '' ||
        `${path}/${keys.join('/')} ${locales.map(locale => textIn(label, locale)).join(' ')}`.toLowerCase().includes(needle)),
  )
  return { q, of, isMissing, set, shown }
}

function Grid({ texts }: { texts: readonly LabelText[] }) {
  const { t } = useTexts()
  const { q, of, isMissing, set, shown } = useShown(texts)
  return (
    <>
      <div className="translation-bar">
        <Input
          allowClear
          prefix={<Search size={15} aria-hidden />}
          placeholder={t('translations.find')}
          aria-label={t('translations.find')}
          value={q}
          onChange={event => set('q', event.target.value === '' ? null : event.target.value)}
        />
        <ElementChoice value={of} texts={texts} onChange={path => set('of', path === '' ? null : path)} />
        <Checkbox checked={isMissing} onChange={event => set('missing', event.target.checked ? '' : null)}>
          {t('translations.missing')}
        </Checkbox>
        <span className="num quiet" aria-live="polite">
          {t('translations.count', { count: shown.length })}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState title={t(isMissing && q === '' ? 'translations.allThere' : 'translations.none')} />
      ) : (
        <Rows texts={shown} />
      )}
    </>
  )
}

function ElementChoice({ value, texts, onChange }: { value: string; texts: readonly LabelText[]; onChange: (path: string) => void }) {
  const { t } = useTexts()
  const label = useLabel()
  const { elements } = useWorkshop()
  const options = [...new Set(texts.map(({ path }) => path))].map(path => {
    const element = lookup(elements, path)
    return { value: path, label: `${label(element?.definition.label as Label) || path} · ${t(`kind.${element?.kind}`)}` }
  })
  return (
    <Select
      aria-label={t('translations.of')}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: 240 }}
      value={value}
      onChange={onChange}
      options={[{ value: '', label: t('translations.everything') }, ...options]}
    />
  )
}

const height = 44

function Rows({ texts }: { texts: readonly LabelText[] }) {
  const { t } = useTexts()
  const scroll = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({ count: texts.length, getScrollElement: () => scroll.current, estimateSize: () => height, overscan: 8 })
  const goTo = (index: number, locale: Locale) => {
    if (index < 0 || index >= texts.length) return
    rows.scrollToIndex(index)
    requestAnimationFrame(() => document.getElementById(cellId(index, locale))?.focus())
  }
  return (
    <div className="translation-grid" ref={scroll}>
      <table aria-rowcount={texts.length + 1}>
        <thead>
          <tr>
            <th scope="col">{t('translations.place')}</th>
            {locales.map(locale => (
              <th key={locale} scope="col">
                {t(`language.${locale}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const text = texts[index]
            return text && <Row key={`${text.path}/${text.keys.join('/')}`} index={index} top={start} text={text} goTo={goTo} />
          })}
        </tbody>
      </table>
    </div>
  )
}

const cellId = (index: number, locale: Locale): string => `translation-${index}-${locale}`

interface RowProps {
  readonly index: number
  readonly top: number
  readonly text: LabelText
  readonly goTo: (index: number, locale: Locale) => void
}

function Row({ index, top, text, goTo }: RowProps) {
  const placeName = usePlaceName()
  const { t } = useTexts()
  const { elements, edit } = useWorkshop()
  const { path, keys, label } = text
  const kind = lookup(elements, path)?.kind ?? ''
  const place = placeName(`${path}/${keys.join('/')}`)
  const type = (locale: Locale, typed: string) =>
    edit(`text ${path}/${keys.join('/')} ${locale}`, path, elements => withText(elements, text, locale, typed))
  const press = (locale: Locale) => (event: KeyboardEvent) => {
    const step = event.key === 'Enter' && !event.nativeEvent.isComposing ? (event.shiftKey ? -1 : 1) : 0
    if (step !== 0) goTo(index + step, locale)
  }
  return (
    <tr aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      <th scope="row" title={`${path}/${keys.join('/')}`}>
        <span className="cut">{place}</span>
        <span className="quiet translation-kind">{t(`kind.${kind}`)}</span>
      </th>
      {locales.map(locale => (
        <td key={locale} className={textIn(label, locale).trim() === '' ? 'is-missing' : ''}>
          <Input
            id={cellId(index, locale)}
            variant="borderless"
            lang={locale}
            aria-label={`${place} · ${t(`language.${locale}`)}`}
            placeholder={t('translations.toWrite')}
            value={textIn(label, locale)}
            onChange={event => type(locale, event.target.value)}
            onKeyDown={press(locale)}
          />
        </td>
      ))}
    </tr>
  )
}
