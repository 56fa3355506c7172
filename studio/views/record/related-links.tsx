import { useQueryClient } from '@tanstack/react-query'
import type { ChildModel, ObjectModel } from '@tessera/platform/model/model.js'
import { areLinksOpen, lockOf } from '@tessera/platform/records/locks.js'
import { X } from 'lucide-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { objectOf, useApp, useLabel } from '../../api/app.js'
import { momentOf } from '../../api/moment.js'
import type { RecordValues, Related } from '../../api/records.js'
import { mayLink } from '../../api/rights.js'
import { rereadRecords, useWrites } from '../../api/writes.js'
import { RecordsPicker } from '../../fields/lazy-inputs.js'
import { IconButton, Skeleton } from '../../ui/small.js'
import { toastFailure } from '../../ui/toast.js'
import { failureText } from '../failure.js'

/** The object whose records have the links of a child. */
export function useLinkOwner({ through }: ChildModel): ObjectModel | undefined {
  const app = useApp()
  const junction = through && objectOf(app, through.junction)
  const owner = through && objectOf(app, junction?.fields[through.own]?.relation?.to ?? undefined)
  return owner
}

/** Whether links of a child may be made and removed here: not where the state of the record or a rule keeps them. */
export function useMayLink(child: ChildModel, record: RecordValues): boolean {
  const app = useApp()
  const owner = useLinkOwner(child)
  return owner !== undefined && mayLink(app, owner, child.name) && areLinksOpen(child, owner, record, momentOf(app))
}

/** Whether rules, or the state of the record, say anything about its links. */
export const hasRules = (owner: ObjectModel, child: ChildModel, record: RecordValues): boolean =>
  child.rules?.visible != null ||
  child.rules?.required != null ||
  child.rules?.readOnly != null ||
  lockOf(owner, record, child.name) !== null

function useLinking(owner: ObjectModel, record: RecordValues, child: ChildModel) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const writes = useWrites(owner)
  return (deeds: Readonly<Record<string, unknown>>) =>
    void writes
      .update(record, { shown: {}, data: { [child.name]: deeds } })
      .then(() => rereadRecords(client))
      .catch((error: unknown) => toastFailure(failureText(error, t)))
}

interface LinkingProps {
  owner: ObjectModel
  record: RecordValues
  child: ChildModel
}

/** Finds records to link with this one. */
export function LinkPicker({ owner, record, child, object, onDone }: LinkingProps & { object: ObjectModel; onDone: () => void }) {
  const label = useLabel()
  const link = useLinking(owner, record, child)
  const choose = (chosen: readonly Related[]) => {
    link({ link: chosen.map(({ id }) => ({ id })) })
    onDone()
  }
  return (
    <Suspense fallback={<Skeleton width="100%" height={32} />}>
      <RecordsPicker id={`link-${child.name}`} object={object} chosen={[]} label={label(child.label)} onChange={choose} />
    </Suspense>
  )
}

/** Takes one link away; the record at its other end stays. */
export function Unlink({ owner, record, child, target, title }: LinkingProps & { target: string; title: string }) {
  const { t } = useTranslation()
  const link = useLinking(owner, record, child)
  return <IconButton icon={X} label={t('links.remove', { title })} onClick={() => link({ unlink: [target] })} />
}
