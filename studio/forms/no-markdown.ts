import type { ReactNode } from 'react'

/** Stands for `markdown-to-jsx`, in which rjsf would draw the descriptions that our templates draw: its texts stay as they are. */
export const Markdown = ({ children }: { children?: ReactNode }): ReactNode => children
