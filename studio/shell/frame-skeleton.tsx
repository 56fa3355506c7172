import { Skeleton } from '../ui/small.js'

const lines = ['70%', '48%', '62%', '55%', '66%', '40%']

/** The frame in its final geometry while the session is under way. */
export const FrameSkeleton = () => (
  <div className="frame" aria-busy="true">
    <div className="panel">
      <div className="panel-head">
        <Skeleton width={24} height={24} />
        <Skeleton width={90} />
      </div>
      {lines.map(width => (
        <div key={width} className="panel-link">
          <Skeleton width={16} height={16} />
          <Skeleton width={width} />
        </div>
      ))}
    </div>
    <div className="sheet" />
  </div>
)
