import { useQuery } from '@tanstack/react-query'
import type { ObjectModel } from '@tessera/platform/model/model.js'
import { rootNames } from '@tessera/platform/model/naming.js'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { ask } from '../api/client.js'
import type { RecordValues } from '../api/records.js'
import { textOf } from '../fields/face.js'
import { selectionOf, titleName } from '../fields/selection.js'
import { type GivenPart, selectionFor } from './example-values.js'
import { useTexts } from './texts.js'

const mostOffered = 20

interface ExampleRecordProps {
  object: ObjectModel
  parts: readonly GivenPart[]
  onTake: (record: RecordValues, parts: readonly GivenPart[]) => void
}

/** Makes an example from a record that is chosen: only of what is live, and with the values that the rule reads. */
export function ExampleRecord({ object, parts, onTake }: ExampleRecordProps) {
  const { t } = useTexts()
  const label = useLabel()
  const app = useApp()
  const [isOpen, setOpen] = useState(false)
  const live = Object.hasOwn(app.model.objects, object.name) ? app.model.objects[object.name] : undefined
  const known = parts.filter(({ path }) => path[0] === 'before' || Object.hasOwn(live?.fields ?? {}, path[0] ?? ''))
  const select = live ? `id ${selectionOf(live, [titleName(live)], app.model)} ${selectionFor(known, live, app.model)}` : ''
  const { data, isLoading } = useQuery({
    queryKey: ['records', object.name, 'examples', select],
    enabled: isOpen && live !== undefined,
    queryFn: async ({ signal }) => {
      const root = rootNames(object.name, object.plural).queries.many
      const answer = await ask<{ found: { nodes: RecordValues[] } }>(
        '/graphql',
        `query Examples { found: ${root}(first: ${mostOffered}, orderBy: [{ updatedAt: DESC }]) { nodes { ${select} } } }`,
        {},
        signal,
      )
      return answer.found.nodes
    },
  })
  const title = live?.fields[titleName(live)]
  if (!live) return null
  if (!isOpen)
    return (
      <Button size="small" type="text" onClick={() => setOpen(true)}>
        {t('examples.take')}
      </Button>
    )
  return (
    <Select
      size="small"
      autoFocus
      defaultOpen
      style={{ minWidth: 180 }}
      loading={isLoading}
      aria-label={t('examples.take')}
      placeholder={label(object.label)}
      showSearch={{ optionFilterProp: 'label' }}
      onBlur={() => setOpen(false)}
      onChange={(id: string) => {
        const record = data?.find(each => each.id === id)
        if (record) onTake(record, known)
        setOpen(false)
      }}
      options={(data ?? []).map(record => ({ value: record.id, label: (title && textOf(title, record, app)) || record.id }))}
    />
  )
}
