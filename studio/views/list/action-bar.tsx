import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { Button, Popover } from 'antd'
import { ArrowRightLeft, Download, Merge, Trash2, UserRoundPlus } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useLabel } from '../../api/app.js'
import { isRough, type RecordValues, useAggregate } from '../../api/records.js'
import { may, mayWrite } from '../../api/rights.js'
import { faceOf } from '../../fields/index.js'
import { statusOf } from '../../fields/selection.js'
import { useShortcuts } from '../../ui/keys.js'
import { SelectionBar } from '../../ui/selection-bar.js'
import { useDeletion } from '../deletion.js'
import { fewest, most } from '../merge/merge-choice.js'
import { hasPool } from '../record/record-rights.js'
import { useBulkChange } from './bulk-change.js'
import { ClaimChosen } from './claim-chosen.js'
import { useListExport } from './export-list.js'
import type { ListState } from './list-state.js'
import type { Selection } from './selection.js'

const MergeSheet = lazy(() => import('../merge/merge-sheet.js'))

interface ActionBarProps {
  object: ObjectModel
  state: ListState
  selection: Selection
  total: number | undefined
  rows: readonly RecordValues[]
}

/** What can be done with the chosen records at once. */
export function ActionBar(props: ActionBarProps) {
  return props.selection.ids.size > 0 ? <ChosenActions {...props} /> : null
}

const mergeActions = ['update', 'delete', 'merge'] as const

/** How many all are: what is done to them names the exact number, also where the list only says about how many. */
function useAll(object: ObjectModel, state: ListState, total: number | undefined, isMeant: boolean): number | undefined {
  const { where, search } = state
  const exact = useAggregate({ object, measures: 'count', where, search, enabled: isMeant && isRough(total) })
  return isRough(total) ? (exact.data?.[0]?.count ?? total) : total
}

function ChosenActions({ object, state, selection, total, rows }: ActionBarProps) {
  const { t } = useTranslation()
  const app = useApp()
  const remove = useDeletion(object)
  const exportList = useListExport(object, state)
  const status = statusOf(object)
  const owner = object.hasOwner ? object.fields.owner : undefined
  const loadedAll = total !== undefined && total > selection.ids.size && rows.every(row => selection.ids.has(row.id))
  const all = useAll(object, state, total, selection.all)
  const count = selection.all ? (all ?? 0) : selection.ids.size
  const label = useLabel()
  const changeText = t('changeField', { name: label(status?.label) })
  const [opened, setOpened] = useState<'owner' | 'status'>()
  useShortcuts([
    { keys: 'a', label: t('assign'), run: () => setOpened('owner') },
    ...(status ? [{ keys: 'm', label: changeText, run: () => setOpened('status') }] : []),
    { keys: 'escape', label: t('list.selectionClear'), run: selection.clear },
  ])
  const chosen = { object, where: selection.all ? (state.where ?? {}) : { id: { in: [...selection.ids] } }, all: selection.all, count }
  const onDone = () => setOpened(undefined)
  const [merging, setMerging] = useState<readonly string[]>()
  const canBulk = may(app, object, 'bulk')
  const canMerge = mergeActions.every(action => may(app, object, action)) && !selection.all && isBetween(selection.ids.size, fewest, most)
  const onMerged = () => {
    setMerging(undefined)
    selection.clear()
  }
  return (
    <SelectionBar count={count} onClear={selection.clear}>
      {loadedAll && !selection.all && (
        <Button type="link" size="small" onClick={selection.chooseAll}>
          {t(isRough(total) ? 'list.selectAllAbout' : 'list.selectAll', { count: total })}
        </Button>
      )}
      {owner && canBulk && mayWrite(app, object, owner.name) && (
        <BulkField
          {...chosen}
          field={owner}
          open={opened === 'owner'}
          onOpen={open => setOpened(open ? 'owner' : undefined)}
          onDone={onDone}
          icon={<UserRoundPlus size={15} />}
          text={t('assign')}
        />
      )}
      {status && canBulk && mayWrite(app, object, status.name) && (
        <BulkField
          {...chosen}
          field={status}
          open={opened === 'status'}
          onOpen={open => setOpened(open ? 'status' : undefined)}
          onDone={onDone}
          icon={<ArrowRightLeft size={15} />}
          text={changeText}
        />
      )}
      {hasPool(object) && !selection.all && may(app, object, 'update') && (
        <ClaimChosen object={object} ids={[...selection.ids]} onDone={selection.clear} />
      )}
      {canMerge && (
        <Button type="text" size="small" icon={<Merge size={15} />} onClick={() => setMerging([...selection.ids])}>
          {t('merge')}
        </Button>
      )}
      {may(app, object, 'export') && (
        <Button
          type="text"
          size="small"
          icon={<Download size={15} />}
          onClick={() => void exportList('xlsx', selection.all ? undefined : [...selection.ids])}
        >
          {t('export')}
        </Button>
      )}
      {may(app, object, 'delete') && !selection.all && (canBulk || selection.ids.size === 1) && (
        <Button
          type="text"
          size="small"
          icon={<Trash2 size={15} />}
          onClick={async () => (await remove([...selection.ids])) && selection.clear()}
        >
          {t('delete')}
        </Button>
      )}
      <Suspense fallback={null}>
        {merging && <MergeSheet object={object} ids={merging} onClose={() => setMerging(undefined)} onMerged={onMerged} />}
      </Suspense>
    </SelectionBar>
  )
}

const isBetween = (count: number, least: number, greatest: number): boolean => count >= least && count <= greatest

interface BulkFieldProps {
  object: ObjectModel
  where: Readonly<Record<string, unknown>>
  all: boolean
  count: number
  field: FieldModel
  open: boolean
  onOpen: (open: boolean) => void
  onDone: () => void
  icon: ReactNode
  text: string
}

function BulkField({ object, where, all, count, field, open, onOpen, onDone, icon, text }: BulkFieldProps) {
  const label = useLabel()
  const change = useBulkChange(object)
  const Input = faceOf(field).Input
  const choose = async (value: unknown) => {
    if (value === null || value === undefined) return
    onDone()
    await change({ where, all, count, field, value })
  }
  const content = (
    <div className="bulk-field">
      <Suspense fallback={null}>
        <Input
          id={`bulk-${field.name}`}
          field={field}
          value={null}
          record={{}}
          onChange={value => void choose(value)}
          label={label(field.label)}
        />
      </Suspense>
    </div>
  )
  return (
    <Popover open={open} onOpenChange={onOpen} content={content} trigger="click" placement="top" arrow={false} destroyOnHidden>
      <Button type="text" size="small" icon={icon}>
        {text}
      </Button>
    </Popover>
  )
}
