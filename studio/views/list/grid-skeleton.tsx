import { faceOf } from '../../fields/index.js'
import { Skeleton } from '../../ui/small.js'
import type { Column } from './columns.js'

const widths = ['52%', '38%', '61%', '45%', '57%', '33%', '49%', '64%', '41%', '55%', '36%', '59%', '47%', '62%', '40%']

/** Rows in their final place while the first answer is under way; with the columns of a list they stand as wide as these will. */
export const GridSkeleton = ({ columns }: { columns?: readonly Column[] }) => (
  <div className="grid-skeleton" aria-busy="true">
    {widths.map((width, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows never change
      <div key={index} className="grid-skeleton-row">
        {columns ? <SkeletonCells columns={columns} width={width} /> : <SkeletonLine width={width} />}
      </div>
    ))}
  </div>
)

function SkeletonCells({ columns, width }: { columns: readonly Column[]; width: string }) {
  return (
    <>
      <div className="grid-skeleton-check">
        <Skeleton width={16} height={16} />
      </div>
      {columns.map(({ field, width: room, isTitle }) => (
        <div key={field.name} className={`grid-skeleton-cell ${faceOf(field).align}`} style={{ width: room }}>
          <Skeleton width={isTitle ? width : '64%'} />
        </div>
      ))}
    </>
  )
}

const SkeletonLine = ({ width }: { width: string }) => (
  <>
    <Skeleton width={16} height={16} />
    <div className="grid-skeleton-title">
      <Skeleton width={width} />
    </div>
    <Skeleton width={72} height={18} />
    <Skeleton width={90} />
  </>
)

/** A card in its final place, on a phone. */
export const CardSkeleton = ({ width }: { width: string }) => (
  <div className="card-skeleton">
    <Skeleton width={width} />
    <Skeleton width={96} height={12} />
    <Skeleton width={120} height={18} />
  </div>
)

/** The first cards of a list, until they are loaded. */
export const CardsSkeleton = () => (
  <div className="cards cards-skeleton" aria-busy="true">
    {widths.slice(0, 8).map((width, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the cards never change
      <CardSkeleton key={index} width={width} />
    ))}
  </div>
)
