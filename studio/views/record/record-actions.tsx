import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button } from 'antd'
import { Ellipsis, Link2, Merge, Pencil, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { editPath, objectPath, recordPath } from '../../api/addresses.js'
import { type App, useApp } from '../../api/app.js'
import { useAppName } from '../../api/app-name.js'
import type { RecordValues } from '../../api/records.js'
import { may, mayWrite } from '../../api/rights.js'
import { choicesOf } from '../../fields/choices.js'
import { isClosedKind, isLostKind, isWishedKind } from '../../fields/selection.js'
import { asStates } from '../../fields/states.js'
import { useShortcuts } from '../../ui/keys.js'
import { Menu, type MenuEntry, type MenuGroup } from '../../ui/menu.js'
import { IconButton, Kbd } from '../../ui/small.js'
import { useDeletion } from '../deletion.js'
import type { WriteCell } from '../list/cell-write.js'
import { useWays, type Way } from '../states/ways.js'
import { trailBack } from '../trail.js'
import { useRecordRights } from './record-rights.js'

const MergeSheet = lazy(() => import('../merge/merge-sheet.js'))

interface RecordActionsProps {
  object: ObjectModel
  record: RecordValues
  title: string
  status: FieldModel | undefined
  write: WriteCell
  /** The bar at the bottom of a phone. */
  isBar?: boolean
}

interface Step {
  readonly value: string
  readonly label: string
  readonly isReopening: boolean
}

/**
 * The most likely next step of a record: the option after the present one; from an end, back to the first.
 * None where the options lead to no end that is wished for: nobody's main wish is to lose a record.
 */
function nextStep(status: FieldModel, record: RecordValues, app: App): Step | undefined {
  const options = (status.definition.options ?? []).filter(option => !option.inactive)
  if (!options.some(option => isWishedKind(option.kind))) return undefined
  const at = options.findIndex(option => option.value === record[status.key])
  const isReopening = isClosedKind(options[at]?.kind)
  const next = isReopening ? options.find(option => !isClosedKind(option.kind)) : options[at + 1]
  const choice = next && choicesOf(status, app).find(each => each.value === next.value)
  return choice && { value: choice.value, label: choice.label, isReopening }
}

/** The most likely transition: the first that the member may take and that nobody regrets. */
function likelyStep(status: FieldModel, ways: readonly Way[]): Step | undefined {
  const kindOf = (value: string) => status.definition.options?.find(option => option.value === value)?.kind
  const way = ways.find(({ refusal, to }) => refusal === undefined && !isLostKind(kindOf(to)))
  return way && { value: way.to, label: way.label, isReopening: false }
}

/** What stands in the menu of a record: where it can go, its address, its end. */
function useMenuGroups(
  { object, record, status, write }: RecordActionsProps,
  ways: readonly Way[] | undefined,
  onMerge: () => void,
  rights: readonly MenuEntry[],
): MenuGroup[] {
  const { t } = useTranslation()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const remove = useDeletion(object)
  const choices =
    status && mayWrite(app, object, status.name) ? choicesOf(status, app).filter(choice => choice.value !== record[status.key]) : []
  const discard = async () => {
    if (await remove([record.id])) void navigate(trailBack(object.name) ?? objectPath(name, object.name))
  }
  const copy = { key: 'copy', label: t('record.copyLink'), icon: Link2, run: () => void navigator.clipboard.writeText(location.href) }
  const end = { key: 'delete', label: t('delete'), icon: Trash2, danger: true, run: () => void discard() }
  const canMerge = (['update', 'delete', 'merge'] as const).every(action => may(app, object, action))
  const merge = canMerge ? [{ key: 'merge', label: t('merge.with'), icon: Merge, run: onMerge }] : []
  const move = (value: string) => () => void (status && write(record, status, value))
  if (ways)
    return [
      {
        key: 'move',
        label: t('board.moveTo'),
        entries: ways.map(way => ({
          key: way.transition,
          label: way.label,
          refusal: way.refusal,
          explain: way.explain,
          run: move(way.to),
        })),
      },
      { key: 'rights', entries: rights },
      { key: 'record', entries: [copy, ...merge, ...(may(app, object, 'delete') ? [end] : [])] },
    ]
  return [
    {
      key: 'move',
      label: t('board.moveTo'),
      entries: choices.map(choice => ({
        key: choice.value,
        label: choice.label,
        run: move(choice.value),
      })),
    },
    { key: 'rights', entries: rights },
    { key: 'record', entries: [copy, ...merge, ...(may(app, object, 'delete') ? [end] : [])] },
  ]
}

/** What can be done with a record: edit, its next step as the one main action, the rest in a menu. */
export function RecordActions(props: RecordActionsProps) {
  const { object, record, title, status, write, isBar = false } = props
  const { t } = useTranslation()
  const app = useApp()
  const name = useAppName()
  const navigate = useNavigate()
  const ways = useWays(object, record, asStates(status))
  const [isMerging, setMerging] = useState(false)
  const rights = useRecordRights(object, record, title)
  const { claim } = rights
  const groups = useMenuGroups(props, ways, () => setMerging(true), rights.entries)
  const onMerged = (survivor: string) => {
    setMerging(false)
    if (survivor !== record.id) void navigate(recordPath(name, object.name, survivor))
  }
  const canEdit = may(app, object, 'update')
  const step =
    !claim && status && mayWrite(app, object, status.name) ? (ways ? likelyStep(status, ways) : nextStep(status, record, app)) : undefined
  const edit = () => void navigate(editPath(name, object.name, record.id))
  useShortcuts(canEdit && !isBar ? [{ keys: 'e', label: t('edit'), run: edit }] : [])
  return (
    <div className={isBar ? 'record-bar' : 'record-actions'}>
      {canEdit && !isBar && (
        <Button type={step || claim ? 'default' : 'primary'} onClick={edit}>
          {t('edit')} <Kbd keys="e" />
        </Button>
      )}
      {claim && (
        <Button type="primary" className="grow" loading={claim.isPending} onClick={claim.run}>
          {t('pool.claim')}
        </Button>
      )}
      {step && status && (
        <Button type="primary" className="grow" onClick={() => void write(record, status, step.value)}>
          {ways ? step.label : step.isReopening ? t('record.reopen') : t('record.moveTo', { name: step.label })}
        </Button>
      )}
      {canEdit && isBar && (step || claim) && <Button icon={<Pencil size={18} />} aria-label={t('edit')} onClick={edit} />}
      {canEdit && isBar && !step && !claim && (
        <Button type="primary" className="grow" icon={<Pencil size={16} />} onClick={edit}>
          {t('edit')}
        </Button>
      )}
      <Menu label={t('more')} groups={groups}>
        <IconButton icon={Ellipsis} label={t('more')} />
      </Menu>
      {rights.sheets}
      <Suspense fallback={null}>
        {isMerging && <MergeSheet object={object} ids={[record.id]} isOpen onClose={() => setMerging(false)} onMerged={onMerged} />}
      </Suspense>
    </div>
  )
}
