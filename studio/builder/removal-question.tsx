import type { Elements } from '@tessera/platform/editing/elements.js'
import { goingWith, type Removal, removalOf } from '@tessera/platform/editing/removal.js'
import { localizeIssue } from '@tessera/platform/errors.js'
import type { Locale } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Checkbox } from 'antd'
import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { type ChoiceProps, choose } from '../ui/confirm.js'
import { useTexts } from './texts.js'

/** How many definitions and problems are told by name. */
const mostTold = 6

interface Asking {
  readonly elements: Elements
  /** What a path is called by people. */
  readonly nameOf: (path: string) => string
  readonly locale: Locale
  readonly t: TFunction<['builder', 'translation']>
}

/**
 * Asks whether a definition is to be removed where something else names it.
 * @returns what removes it, alone or with all that names it; null when it is to stay
 */
export async function askRemoval(path: string, asking: Asking): Promise<((elements: Elements) => Elements) | null> {
  const { elements, nameOf, t } = asking
  const removal = removalOf(elements, path)
  const belonging = goingWith(elements, path).length - 1
  const isNamed = removal.taken.size > 0 || removal.left.length > 0
  const chosen = isNamed
    ? await choose({
        title: t('removal.title', { name: nameOf(path) }),
        body: belonging > 0 ? t('removal.belonging', { count: belonging }) : '',
        verb: t('removal.verb'),
        danger: true,
        Choice: props => <Consequences {...props} removal={removal} {...asking} />,
      })
    : 'all'
  return chosen === null ? null : now => removalOf(now, path)[chosen === 'all' ? 'elements' : 'alone']
}

interface ConsequencesProps extends ChoiceProps, Pick<Asking, 'elements' | 'nameOf' | 'locale'> {
  removal: Removal
}

/** What names a definition that is removed, whether that goes too, and what is left to be solved. */
function Consequences({ removal: { taken, left }, elements, nameOf, locale, value, onChange }: ConsequencesProps) {
  const { t } = useTexts()
  const count = [...taken.values()].reduce((sum, one) => sum + one, 0)
  const kindOf = (path: string) => t(`kind.one.${lookup(elements, path)?.kind ?? ''}`)
  useEffect(() => {
    if (value === null) onChange('all')
  }, [value, onChange])
  return (
    <div className="removal">
      {count > 0 && (
        <section>
          <h3>{t('removal.named')}</h3>
          <Told lines={[...taken].map(([path, of]) => t('removal.entriesIn', { kind: kindOf(path), name: nameOf(path), count: of }))} />
          <Checkbox checked={value !== 'alone'} onChange={event => onChange(event.target.checked ? 'all' : 'alone')}>
            {t('removal.takeOut', { count })}
          </Checkbox>
          {value === 'alone' && <p className="field-help">{t('removal.stay', { count })}</p>}
        </section>
      )}
      {left.length > 0 && (
        <section>
          <h3>{t('removal.left', { count: left.length })}</h3>
          <Told
            lines={left.map(found => t('removal.problem', { place: nameOf(found.path), problem: localizeIssue(found, locale).message }))}
          />
        </section>
      )}
    </div>
  )
}

function Told({ lines }: { lines: readonly string[] }) {
  const { t } = useTexts()
  const more = lines.length - mostTold
  return (
    <ul>
      {lines.slice(0, mostTold).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be told twice
        <li key={at}>{line}</li>
      ))}
      {more > 0 && <li className="quiet">{t('removal.more', { count: more })}</li>}
    </ul>
  )
}
