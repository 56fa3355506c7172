import type { Element } from '@tessera/platform/definitions/index.js'
import { lookup } from '@tessera/platform/registry.js'
import {
  AppWindow,
  Box,
  ChartColumn,
  Compass,
  FileText,
  LayoutList,
  ListChecks,
  type LucideIcon,
  PanelsTopLeft,
  Shapes,
  TextCursorInput,
  UserRoundCog,
  Workflow,
} from 'lucide-react'
import { elementJsonPath, studioObjectPath } from './places.js'

const icons: Readonly<Record<string, LucideIcon>> = {
  app: AppWindow,
  object: Box,
  field: TextCursorInput,
  optionSet: ListChecks,
  form: FileText,
  view: LayoutList,
  page: PanelsTopLeft,
  role: UserRoundCog,
  workflow: Workflow,
  report: ChartColumn,
  navigation: Compass,
}

/** How a kind of definition is drawn. */
export const kindIcon = (kind: string): LucideIcon => lookup(icons, kind) ?? Shapes

/** The page of a definition. */
export const elementPlace = (element: Pick<Element, 'kind' | 'name'>): string =>
  element.kind === 'object' ? studioObjectPath(element.name) : elementJsonPath(element.kind, element.name)
