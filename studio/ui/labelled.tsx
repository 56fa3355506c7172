import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

interface LabelledProps {
  className: string
  id: string
  label: string
  help?: string | undefined
  error?: string | undefined
  children: ReactNode
}

/** One input with its label above, and help or what is wrong in the same place below. */
export const Labelled = ({ className, id, label, help, error, children }: LabelledProps) => (
  <div className={className}>
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
