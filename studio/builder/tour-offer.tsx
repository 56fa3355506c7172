import { Button } from 'antd'
import { Footprints } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useApp } from '../api/app.js'
import { usePhone } from '../ui/media.js'
import { useTexts } from './texts.js'

const StudioTour = lazy(() => import('./studio-tour.js'))

/** How far a member went on this device: a stop, or that they went through or wanted none. */
type Went = number | 'done'

const placeOf = (workspace: string, member: string): string => `tessera.studio.tour.${workspace}.${member}`
const wentOf = (place: string): Went => {
  const kept = localStorage.getItem(place)
  return kept === 'done' ? kept : Number(kept) || 0
}

/** Offers the tour of the studio; who left it goes on where they were, and who has been through can walk it again. */
export function TourOffer() {
  const { t } = useTexts()
  const { member } = useApp()
  const isPhone = usePhone()
  const place = placeOf(member.workspace.slug, member.id)
  const [went, setWent] = useState(() => wentOf(place))
  const [isOn, setOn] = useState(false)
  const keep = (next: Went) => {
    localStorage.setItem(place, String(next))
    setWent(next)
  }
  const start = () => {
    if (went === 'done') keep(0)
    setOn(true)
  }
  const close = () => setOn(false)
  if (isPhone) return null
  return (
    <>
      <div className="tour-offer">
        <Footprints size={16} aria-hidden />
        <span className="grow">{t(went === 'done' ? 'tour.again' : 'tour.offer')}</span>
        <Button size="small" onClick={start}>
          {t(went === 'done' || went === 0 ? 'tour.start' : 'tour.resume')}
        </Button>
        {went !== 'done' && (
          <Button size="small" type="text" onClick={() => keep('done')}>
            {t('tour.skip')}
          </Button>
        )}
      </div>
      {isOn && (
        <Suspense fallback={null}>
          <StudioTour
            at={went === 'done' ? 0 : went}
            onMove={keep}
            onClose={close}
            onFinish={() => {
              keep('done')
              close()
            }}
          />
        </Suspense>
      )}
    </>
  )
}
