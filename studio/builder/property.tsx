import type { ComponentProps } from 'react'
import { Labelled } from '../ui/labelled.js'

/** One property in a panel. */
export const Property = (props: Omit<ComponentProps<typeof Labelled>, 'className'>) => <Labelled className="property" {...props} />
