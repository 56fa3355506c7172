import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../../api/app.js'
import { revealValue } from '../../api/record-rights.js'
import { IconButton } from '../../ui/small.js'
import { toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'

interface RevealButtonProps {
  object: ObjectModel
  id: string
  field: FieldModel
}

/** Shows a masked value whole beside it, until it is hidden again; the server keeps that it was shown. */
export function RevealButton({ object, id, field }: RevealButtonProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const [value, setValue] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const name = label(field.label)
  const show = async () => {
    if (isBusy) return
    setBusy(true)
    try {
      setValue(await revealValue(object, id, field.name))
    } catch (error) {
      toastFailure(failureText(error, t))
    } finally {
      setBusy(false)
    }
  }
  return (
    <span className="value-revealed">
      {value !== null && (
        <output className="num" aria-label={t('reveal.shown', { name })}>
          {value}
        </output>
      )}
      {value === null ? (
        <IconButton icon={Eye} label={t('reveal.show', { name })} onClick={() => void show()} />
      ) : (
        <IconButton icon={EyeOff} label={t('reveal.hide', { name })} onClick={() => setValue(null)} />
      )}
    </span>
  )
}
