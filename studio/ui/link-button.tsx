import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useHref, useNavigate } from 'react-router'

interface LinkButtonProps {
  to: string
  children: ReactNode
  primary?: boolean
}

/** A link that looks like a button; a plain click stays in the product, any other opens as links do. */
export function LinkButton({ to, children, primary = false }: LinkButtonProps) {
  const href = useHref(to)
  const navigate = useNavigate()
  return (
    <Button
      href={href}
      type={primary ? 'primary' : 'default'}
      onClick={event => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
        event.preventDefault()
        void navigate(to)
      }}
    >
      {children}
    </Button>
  )
}
