import type { Conflict } from '@tessera/platform/editing/three-way.js'
import { Input, Radio } from 'antd'
import { useState } from 'react'
import { usePlaceName } from './place-name.js'
import { useTexts } from './texts.js'

/** What is to stand at a conflict: one of the sides, or what was typed as JSON. */
export type Choice = { readonly side: 'mine' | 'theirs' } | { readonly side: 'other'; readonly text: string }

const keyOf = ({ path, at, isOrder }: Conflict): string => JSON.stringify([path, at, isOrder])

function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}

/** What was chosen at conflicts, and what it comes to. */
export interface Choices {
  readonly of: (conflict: Conflict) => Choice | undefined
  readonly choose: (conflict: Conflict, choice: Choice) => void
  readonly all: (conflicts: readonly Conflict[], side: 'mine' | 'theirs') => void
  /** Whether something readable is chosen at a conflict. */
  readonly isSettled: (conflict: Conflict) => boolean
  readonly valueAt: (conflict: Conflict) => unknown
}

/** @param first what is chosen before anybody chose; nothing where somebody has to */
export function useChoices(first?: Choice): Choices {
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map())
  const of = (conflict: Conflict) => choices.get(keyOf(conflict)) ?? first
  return {
    of,
    choose: (conflict, choice) => setChoices(before => new Map([...before, [keyOf(conflict), choice]])),
    all: (conflicts, side) => setChoices(new Map(conflicts.map(conflict => [keyOf(conflict), { side }]))),
    isSettled: conflict => {
      const choice = of(conflict)
      return choice !== undefined && (choice.side !== 'other' || parsed(choice.text) !== null)
    },
    valueAt: conflict => {
      const choice = of(conflict)
      return choice?.side === 'other' ? parsed(choice.text)?.value : conflict[choice?.side ?? 'mine']
    },
  }
}

/** Conflicts one below the other: at each place mine, theirs, or something else. */
export const ConflictRows = ({ conflicts, choices }: { conflicts: readonly Conflict[]; choices: Choices }) => (
  <ul className="merge-conflicts">
    {conflicts.map(conflict => (
      <ConflictRow
        key={keyOf(conflict)}
        conflict={conflict}
        choice={choices.of(conflict)}
        onChoose={choice => choices.choose(conflict, choice)}
      />
    ))}
  </ul>
)

function ConflictRow({
  conflict,
  choice,
  onChoose,
}: {
  conflict: Conflict
  choice: Choice | undefined
  onChoose: (choice: Choice) => void
}) {
  const { t } = useTexts()
  const placeName = usePlaceName()
  const { path, at, isOrder, base, theirs, mine } = conflict
  const title = placeName([path, ...at].join('/'))
  const start = JSON.stringify(mine ?? null, null, 1)
  return (
    <li>
      <h3>
        {title} {isOrder && <span className="quiet">{t('conflict.order')}</span>}
      </h3>
      <p className="quiet">
        {t('conflict.before')} <Value value={base} />
      </p>
      <Radio.Group
        aria-label={title}
        value={choice?.side}
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
      {choice?.side === 'other' && (
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
