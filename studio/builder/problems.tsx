import { CircleAlert } from 'lucide-react'
import { Link } from 'react-router'
import { usePlaceName } from './place-name.js'
import { placeOfPath } from './places.js'
import { OfferRemoval } from './stray-offer.js'
import { useTexts } from './texts.js'

/** A problem as it is told, whoever found it. */
export interface Told {
  readonly code: string
  readonly path: string
  readonly message: string
  readonly hint?: string | null | undefined
}

/** Everything that stands against publishing, each with the way to where it is mended. */
export function Problems({ problems }: { problems: readonly Told[] }) {
  const { t } = useTexts()
  const placeName = usePlaceName()
  return (
    <ul className="problem-list">
      {problems.map((problem, index) => {
        const place = placeOfPath(problem.path)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same problem may stand twice at one path
          <li key={`${problem.path} ${problem.code} ${index}`}>
            <CircleAlert size={16} aria-hidden />
            <div className="grow">
              <div>{problem.message}</div>
              <div className="problem-hint">
                {problem.hint} <span title={problem.path}>{placeName(problem.path)}</span>
              </div>
            </div>
            <OfferRemoval problem={problem} />
            {place && (
              <Link className="studio-way" to={place}>
                {t('goTo')}
              </Link>
            )}
          </li>
        )
      })}
    </ul>
  )
}
