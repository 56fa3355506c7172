import type { ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { Hand } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePoolDeed } from '../../api/record-rights.js'
import { toast, toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'

/** Claims the chosen records of the pool one by one; says how many came, and why the others did not. */
export function ClaimChosen({ object, ids, onDone }: { object: ObjectModel; ids: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation()
  const claim = usePoolDeed(object, 'claim')
  const [isBusy, setBusy] = useState(false)
  const run = async () => {
    if (isBusy) return
    setBusy(true)
    let [claimed, reason] = [0, '']
    for (const id of ids)
      await claim.mutateAsync(id).then(
        () => claimed++,
        (error: unknown) => {
          reason ||= failureText(error, t)
        },
      )
    setBusy(false)
    if (reason === '') toast(t('pool.claimedCount', { count: claimed }))
    else toastFailure(t('pool.claimedSome', { count: claimed, total: ids.length, reason }))
    onDone()
  }
  return (
    <Button type="text" size="small" icon={<Hand size={15} />} loading={isBusy} onClick={() => void run()}>
      {t('pool.claim')}
    </Button>
  )
}
