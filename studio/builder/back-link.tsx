import { ChevronLeft } from 'lucide-react'
import { Link } from 'react-router'

/** The way to the list that a page belongs to. */
export const BackLink = ({ to, label }: { to: string; label: string }) => (
  <Link className="icon-button" to={to} aria-label={label} title={label}>
    <ChevronLeft size={16} aria-hidden />
  </Link>
)
