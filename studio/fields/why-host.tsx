import { useTranslation } from 'react-i18next'
import { showWhy, useShownWhy } from '../api/why.js'
import { Sheet } from '../ui/sheet.js'
import { WhyList } from './why-list.js'

/** The explanations that were asked for where no button stays, such as in a toast. */
export default function WhyHost() {
  const { t } = useTranslation()
  const whys = useShownWhy()
  const close = () => showWhy(undefined)
  return (
    <Sheet title={t('why.ask')} open={whys !== undefined} onClose={close} light>
      {whys && <WhyList whys={whys} onLeave={close} />}
    </Sheet>
  )
}
