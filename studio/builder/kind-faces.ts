import type { Element } from '@tessera/platform/definitions/index.js'
import { lookup } from '@tessera/platform/registry.js'
import {
  AppWindow,
  Box,
  ChartColumn,
  Compass,
  FileText,
  LayoutList,
  LayoutTemplate,
  ListChecks,
  type LucideIcon,
  PanelsTopLeft,
  Shapes,
  TextCursorInput,
  UserRoundCog,
  Workflow,
} from 'lucide-react'
import { elementJsonPath, formPath, studioObjectPath } from './places.js'

const icons: Readonly<Record<string, LucideIcon>> = {
  app: AppWindow,
  object: Box,
  field: TextCursorInput,
  optionSet: ListChecks,
  form: FileText,
  view: LayoutList,
  page: PanelsTopLeft,
  template: LayoutTemplate,
  role: UserRoundCog,
  workflow: Workflow,
  report: ChartColumn,
  navigation: Compass,
}

/** How a kind of definition is drawn. */
export const kindIcon = (kind: string): LucideIcon => lookup(icons, kind) ?? Shapes

/** The page of a definition. */
export const elementPlace = ({ kind, name }: Pick<Element, 'kind' | 'name'>): string =>
  kind === 'object' ? studioObjectPath(name) : kind === 'form' ? formPath(name) : elementJsonPath(kind, name)
