import { formatDate, formatNumber } from '@tessera/platform/fields/reading.js'
import { Button } from 'antd'
import { ChevronRight, ClipboardPaste, Coins, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, IconButton, Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { RateForm } from './rate-form.js'
import { RatePaste } from './rate-paste.js'
import { byCurrency, mostRates, type Rate, useRates } from './rates.js'
import { useTexts } from './texts.js'
import './rates.css'

/** What currencies are worth in the workspace's, from which day on. */
export default function RatesPage() {
  const { t } = useTexts()
  const { member, currency } = useApp()
  const { data, error } = useRates()
  const [isPasting, setPasting] = useState(false)
  const [chosen, setChosen] = useState<Rate | null>(null)
  useTitle(t('rates'), t('studio'), member.workspace.name)
  return (
    <>
      <PageHead title={t('rates')} icon={Coins}>
        <Button icon={<ClipboardPaste size={15} aria-hidden />} aria-expanded={isPasting} onClick={() => setPasting(!isPasting)}>
          {t('rates.paste')}
        </Button>
      </PageHead>
      <div className="scroll-page">
        <div className="studio-home rates-page">
          <p className="quiet">{t('rates.about', { currency })}</p>
          {isPasting ? (
            <RatePaste onDone={() => setPasting(false)} />
          ) : (
            <RateForm key={chosen && `${chosen.currency} ${chosen.day}`} chosen={chosen} onDone={() => setChosen(null)} />
          )}
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={160} />}
          {data?.length === 0 && <EmptyState title={t('rates.none')} text={t('rates.noneText', { currency })} />}
          {data && data.length > 0 && (
            <RateTable
              rates={data}
              onChoose={rate => {
                setPasting(false)
                setChosen(rate)
              }}
            />
          )}
          {data?.length === mostRates && <p className="quiet">{t('rates.most', { count: mostRates })}</p>}
        </div>
      </div>
    </>
  )
}

interface RowsProps {
  rates: readonly Rate[]
  onChoose: (rate: Rate) => void
}

function RateTable({ rates, onChoose }: RowsProps) {
  const { t } = useTexts()
  const { currency } = useApp()
  return (
    <table className="rates-table">
      <caption className="sr-only">{t('rates')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('rates.currency')}</th>
          <th scope="col" className="num">
            {t('rates.rateIn', { currency })}
          </th>
          <th scope="col">{t('rates.since')}</th>
          <th scope="col">
            <span className="sr-only">{t('rates.actions')}</span>
          </th>
        </tr>
      </thead>
      {byCurrency(rates).map(([code, list]) => (
        <CurrencyRows key={code} rates={list} onChoose={onChoose} />
      ))}
    </table>
  )
}

/** The newest rate of a currency, the earlier ones folded behind it. */
function CurrencyRows({ rates: [newest, ...earlier], onChoose }: RowsProps) {
  const { t } = useTexts()
  const [isOpen, setOpen] = useState(false)
  if (!newest) return null
  return (
    <tbody>
      <RateRow rate={newest} onChoose={onChoose}>
        {earlier.length > 0 && (
          <button type="button" className="rates-earlier" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <ChevronRight size={14} aria-hidden /> {t('rates.earlier', { count: earlier.length })}
            <span className="sr-only"> {newest.currency}</span>
          </button>
        )}
      </RateRow>
      {isOpen && earlier.map(rate => <RateRow key={rate.day} rate={rate} isEarlier onChoose={onChoose} />)}
    </tbody>
  )
}

interface RowProps {
  rate: Rate
  isEarlier?: boolean
  onChoose: (rate: Rate) => void
  children?: React.ReactNode
}

function RateRow({ rate, isEarlier = false, onChoose, children }: RowProps) {
  const { t } = useTexts()
  const { locale } = useApp()
  const day = formatDate(rate.day, locale)
  return (
    <tr className={isEarlier ? 'rates-past' : undefined}>
      <th scope="row">{isEarlier ? <span className="sr-only">{rate.currency}</span> : rate.currency}</th>
      <td className="num">{formatNumber(rate.rate, locale, 10)}</td>
      <td>{day}</td>
      <td>
        <div className="rates-actions">
          {children}
          <IconButton icon={Pencil} label={t('rates.change', { currency: rate.currency, day })} onClick={() => onChoose(rate)} />
        </div>
      </td>
    </tr>
  )
}
