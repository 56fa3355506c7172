/** The product's mark, drawn in the theme's colours. */
export const Mark = ({ size = 24 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden>
    <circle cx="6.5" cy="6.5" r="4.5" fill="var(--accent)" />
    <rect x="13" y="2" width="9" height="9" rx="3" fill="var(--opt-indigo-dot)" />
    <rect x="2" y="13" width="9" height="9" rx="3" fill="var(--accentHover)" />
    <rect x="13" y="13" width="9" height="9" rx="4.5" fill="var(--opt-amber-dot)" />
  </svg>
)
