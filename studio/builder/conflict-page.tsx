import type { Conflict } from '@tessera/platform/editing/three-way.js'
import { Button, Input, Radio } from 'antd'
import { GitMerge } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useApp } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { toast } from '../ui/toast.js'
import { usePlaceName } from './place-name.js'
import { publishPath } from './places.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What is to stand at a conflict: one of the sides, or what was typed as JSON. */
type Choice = { readonly side: 'mine' | 'theirs' } | { readonly side: 'other'; readonly text: string }

const keyOf = ({ path, at, isOrder }: Conflict): string => JSON.stringify([path, at, isOrder])

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

/** What somebody published and the draft changed too: for each place mine, theirs, or something else. */
export default function ConflictPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const navigate = useNavigate()
  const { conflicts, version, settle } = useWorkshop()
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map())
  useTitle(t('conflict.title'), t('studio'), member.workspace.name)
  if (conflicts.length === 0)
    return (
      <>
        <PageHead title={t('conflict.title')} icon={GitMerge} />
        <EmptyState title={t('conflict.nothing')} />
      </>
    )
  const choiceOf = (conflict: Conflict): Choice => choices.get(keyOf(conflict)) ?? { side: 'mine' }
  const choose = (conflict: Conflict, choice: Choice) => setChoices(before => new Map([...before, [keyOf(conflict), choice]]))
  const all = (side: 'mine' | 'theirs') => setChoices(new Map(conflicts.map(conflict => [keyOf(conflict), { side }])))
  const isReadable = conflicts.every(conflict => {
    const choice = choiceOf(conflict)
    return choice.side !== 'other' || parsed(choice.text) !== null
  })
  const keep = () => {
    settle(conflict => {
      const choice = choiceOf(conflict)
      return choice.side === 'other' ? parsed(choice.text)?.value : conflict[choice.side]
    })
    toast(t('conflict.settled', { version }))
    void navigate(publishPath)
  }
  return (
    <>
      <PageHead title={t('conflict.title')} icon={GitMerge}>
        <Button onClick={() => all('theirs')}>{t('conflict.allTheirs')}</Button>
        <Button onClick={() => all('mine')}>{t('conflict.allMine')}</Button>
        <Button type="primary" disabled={!isReadable} onClick={keep}>
          {t('conflict.keep')}
        </Button>
      </PageHead>
      <div className="scroll-page">
        <div className="studio-home">
          <p className="quiet">{t('conflict.explained', { version })}</p>
          <ul className="merge-conflicts">
            {conflicts.map(conflict => (
              <ConflictRow
                key={keyOf(conflict)}
                conflict={conflict}
                choice={choiceOf(conflict)}
                onChoose={choice => choose(conflict, choice)}
              />
            ))}
          </ul>
        </div>
      </div>
    </>
  )
}

function ConflictRow({ conflict, choice, onChoose }: { conflict: Conflict; choice: Choice; onChoose: (choice: Choice) => void }) {
  const { t } = useTexts()
  const placeName = usePlaceName()
  const { path, at, isOrder, base, theirs, mine } = conflict
  const title = placeName([path, ...at].join('/'))
  const start = JSON.stringify(mine ?? null, null, 1)
  return (
    <li>
      <h2>
        {title} {isOrder && <span className="quiet">{t('conflict.order')}</span>}
      </h2>
      <p className="quiet">
        {t('conflict.before')} <Value value={base} />
      </p>
      <Radio.Group
        aria-label={title}
        value={choice.side}
        onChange={event =>
          onChoose(event.target.value === 'other' ? { side: 'other', text: start } : { side: event.target.value as 'mine' | 'theirs' })
        }
      >
        <Radio value="mine">
          {t('conflict.mine')} <Value value={mine} />
        </Radio>
        <Radio value="theirs">
          {t('conflict.theirs')} <Value value={theirs} />
        </Radio>
        <Radio value="other">{t('conflict.other')}</Radio>
      </Radio.Group>
      {choice.side === 'other' && (
        <>
          <Input.TextArea
            className="code-input"
            aria-label={t('conflict.other')}
            spellCheck={false}
            autoSize={{ minRows: 2, maxRows: 12 }}
            value={choice.text}
            onChange={event => onChoose({ side: 'other', text: event.target.value })}
          />
          {parsed(choice.text) === null && <p className="field-error">{t('json.unreadable')}</p>}
        </>
      )}
    </li>
  )
}

/** A part of a definition as briefly as it can be said: a text as it is, all else as JSON. */
function Value({ value }: { value: unknown }) {
  const { t } = useTexts()
  if (value === undefined) return <em>{t('conflict.gone')}</em>
  return <code className="conflict-value">{typeof value === 'string' ? value : JSON.stringify(value)}</code>
}
