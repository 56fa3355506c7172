import { Tour, type TourProps } from 'antd'
import { useTexts } from './texts.js'

/** What is shown, in this order: the address that a way of the panel leads to. */
const tourStops = ['objects', 'relations', 'definitions/form', 'definitions/role', 'publish', 'versions'] as const

interface StudioTourProps {
  /** The stop that is shown. */
  readonly at: number
  readonly onMove: (at: number) => void
  readonly onClose: () => void
  readonly onFinish: () => void
}

/** A walk along the ways of the studio: what each is for. */
export default function StudioTour({ at, onMove, onClose, onFinish }: StudioTourProps) {
  const { t } = useTexts()
  const steps: TourProps['steps'] = tourStops.map((stop, index) => ({
    title: t(`tour.${stop}.title`),
    description: t(`tour.${stop}.text`),
    placement: 'right',
    // a panel that is folded has no ways; then the step stands in the middle
    target: () => document.querySelector<HTMLElement>(`nav a[href="/studio/${stop}"]`) as HTMLElement,
    nextButtonProps: { children: t(index === tourStops.length - 1 ? 'tour.finish' : 'tour.next') },
    prevButtonProps: { children: t('tour.previous') },
  }))
  return (
    <Tour
      open
      current={at}
      steps={steps}
      onChange={onMove}
      onClose={onClose}
      onFinish={onFinish}
      indicatorsRender={(current, total) => <span className="num quiet">{t('tour.place', { at: current + 1, of: total })}</span>}
    />
  )
}
