import { Skeleton } from '../../ui/small.js'

const widths = ['52%', '38%', '61%', '45%', '57%', '33%', '49%', '64%', '41%', '55%', '36%', '59%']

/** Rows in their final place while the first answer is under way. */
export const GridSkeleton = () => (
  <div className="grid-skeleton" aria-busy="true">
    {widths.map((width, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change
      <div key={index} className="grid-skeleton-row">
        <Skeleton width={16} height={16} />
        <div className="grid-skeleton-title">
          <Skeleton width={width} />
        </div>
        <Skeleton width={72} height={18} />
        <Skeleton width={90} />
        <Skeleton width={84} />
        <Skeleton width={110} />
      </div>
    ))}
  </div>
)
