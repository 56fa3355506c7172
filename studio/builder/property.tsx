import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

interface PropertyProps {
  id: string
  label: string
  help?: string | undefined
  error?: string | undefined
  children: ReactNode
}

/** One property in a panel: its label above, and help or what is wrong in the same place below. */
export const Property = ({ id, label, help, error, children }: PropertyProps) => (
  <div className="property">
    <label htmlFor={id}>{label}</label>
    {children}
    {error ? (
      <p className="field-error" id={`${id}-note`} role="alert">
        <CircleAlert size={14} aria-hidden /> {error}
      </p>
    ) : (
      help && (
        <p className="field-help" id={`${id}-note`}>
          {help}
        </p>
      )
    )}
  </div>
)
