import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Dropdown, type MenuProps } from 'antd'
import { Ellipsis, Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { editPath, objectPath } from '../../api/addresses.js'
import { useApp } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import type { RecordValues } from '../../api/records.js'
import { may, mayWrite } from '../../api/rights.js'
import { choicesOf } from '../../fields/choice-input.js'
import { isClosedKind } from '../../fields/selection.js'
import { useShortcuts } from '../../ui/keys.js'
import { IconButton, Kbd } from '../../ui/small.js'
import { useDeletion } from '../deletion.js'
import type { WriteCell } from '../list/cell-write.js'
import { trailBack } from '../trail.js'

interface RecordActionsProps {
  object: ObjectModel
  record: RecordValues
  status: FieldModel | undefined
  write: WriteCell
  /** The bar at the bottom of a phone. */
  isBar?: boolean
}

/** The most likely next step of a record: the option after the present one; from an end, back to the first. */
function nextStep(status: FieldModel, record: RecordValues): { value: string; isReopening: boolean } | undefined {
  const options = (status.definition.options ?? []).filter(option => !option.inactive)
  const at = options.findIndex(option => option.value === record[status.key])
  const present = options[at]
  if (at < 0 || !present) return options[0] && { value: options[0].value, isReopening: false }
  if (isClosedKind(present.kind))
    return options[0] && !isClosedKind(options[0].kind) ? { value: options[0].value, isReopening: true } : undefined
  const next = options[at + 1]
  return next && { value: next.value, isReopening: false }
}

/** What can be done with a record: edit, its next step as the one main action, the rest in a menu. */
export function RecordActions({ object, record, status, write, isBar = false }: RecordActionsProps) {
  const { t } = useTranslation()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const remove = useDeletion(object)
  const canEdit = may(app, object, 'update')
  const canMove = status !== undefined && mayWrite(app, object, status.name)
  const step = canMove ? nextStep(status, record) : undefined
  const choices = canMove ? choicesOf(status, app).filter(choice => choice.value !== record[status.key]) : []
  const edit = () => void navigate(editPath(name, object.name, record.id))
  const move = (value: string) => status && void write(record, status, value)
  const discard = async () => {
    if (await remove([record.id])) void navigate(trailBack(object.name) ?? objectPath(name, object.name))
  }
  useShortcuts(canEdit && !isBar ? [{ keys: 'e', label: t('edit'), run: edit }] : [])
  const items: MenuProps['items'] = [
    ...(choices.length > 0
      ? [
          {
            key: 'move',
            type: 'group' as const,
            label: t('board.moveTo'),
            children: choices.map(choice => ({ key: `to:${choice.value}`, label: choice.label })),
          },
          { type: 'divider' as const },
        ]
      : []),
    { key: 'copy', label: t('record.copyLink') },
    ...(may(app, object, 'delete') ? [{ key: 'delete', label: t('delete'), danger: true }] : []),
  ]
  const act: MenuProps['onClick'] = ({ key }) => {
    if (key.startsWith('to:')) move(key.slice(3))
    else if (key === 'delete') void discard()
    else void navigator.clipboard.writeText(location.href)
  }
  const stepText =
    step &&
    status &&
    (step.isReopening
      ? t('record.reopen')
      : t('record.moveTo', { name: choicesOf(status, app).find(choice => choice.value === step.value)?.label ?? step.value }))
  return (
    <div className={isBar ? 'record-bar' : 'record-actions'}>
      {canEdit && !isBar && (
        <Button type={stepText ? 'default' : 'primary'} onClick={edit}>
          {t('edit')} <Kbd keys="e" />
        </Button>
      )}
      {stepText && step && (
        <Button type="primary" size={isBar ? 'large' : 'middle'} className="grow" onClick={() => move(step.value)}>
          {stepText}
        </Button>
      )}
      {canEdit && isBar && (
        <Button size="large" type={stepText ? 'default' : 'primary'} icon={<Pencil size={18} />} aria-label={t('edit')} onClick={edit} />
      )}
      <Dropdown menu={{ items, onClick: act }} trigger={['click']} placement="bottomRight">
        <IconButton icon={Ellipsis} label={t('more')} />
      </Dropdown>
    </div>
  )
}
