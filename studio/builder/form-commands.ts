import type { SectionDefinition } from '@tessera/platform/definitions/form.js'
import { ArrowDown, ArrowUp, Columns2, FolderInput, Trash2, X } from 'lucide-react'
import type { MenuGroup } from '../ui/menu.js'
import type { FormDesign } from './form-design.js'
import {
  changePlaced,
  changeSection,
  findPlaced,
  moveSection,
  moveTab,
  placedName,
  putField,
  removeSection,
  removeTab,
  sectionOf,
  sectionsIn,
  tabOf,
  takeOut,
} from './form-edits.js'

type Entries = MenuGroup['entries']

/** What can be done with something that a form places, as its menu says it. */
export function fieldCommands({ form, edit, choose, t, titleOf }: FormDesign, name: string): MenuGroup[] {
  const section = sectionOf(form, name)
  if (!section) return []
  const at = section.fields.findIndex(placed => placedName(placed) === name)
  const isFull = findPlaced(form, name)?.width === 'full'
  const put = (to: string, place: number) => edit(`move ${name} ${Date.now()}`, now => putField(now, name, { section: to, at: place }))
  const steps: Entries = [
    ...(at > 0 ? [{ key: 'up', label: t('field.moveUp'), icon: ArrowUp, run: () => put(section.section, at - 1) }] : []),
    ...(at < section.fields.length - 1
      ? [{ key: 'down', label: t('field.moveDown'), icon: ArrowDown, run: () => put(section.section, at + 1) }]
      : []),
    {
      key: 'width',
      label: t(isFull ? 'formDesigner.half' : 'formDesigner.full'),
      icon: Columns2,
      run: () => edit(`width ${name}`, now => changePlaced(now, name, { width: isFull ? 'half' : 'full' })),
    },
  ]
  const ways: Entries = form.sections
    .filter(other => other !== section)
    .map(other => ({
      key: other.section,
      label: titleOf({ kind: 'section', name: other.section }),
      icon: FolderInput,
      run: () => put(other.section, other.fields.length),
    }))
  const remove = () => {
    edit(`remove ${name}`, now => takeOut(now, name))
    choose(null)
  }
  return [
    { key: 'steps', entries: steps },
    { key: 'to', label: t('formDesigner.moveTo'), entries: ways },
    { key: 'remove', entries: [{ key: 'remove', label: t('formDesigner.removeField'), icon: X, danger: true, run: remove }] },
  ]
}

/** What can be done with a section. */
export function sectionCommands(design: FormDesign, section: SectionDefinition): MenuGroup[] {
  const { form, edit, choose, t } = design
  const { section: name, columns } = section
  const tab = tabOf(form, section)
  const beside = sectionsIn(form, tab)
  const at = beside.indexOf(section)
  const put = (to: string | undefined, place: number) =>
    edit(`move section ${name} ${Date.now()}`, now => moveSection(now, name, to, place))
  const steps: Entries = [
    ...(at > 0 ? [{ key: 'up', label: t('field.moveUp'), icon: ArrowUp, run: () => put(tab, at - 1) }] : []),
    ...(at < beside.length - 1 ? [{ key: 'down', label: t('field.moveDown'), icon: ArrowDown, run: () => put(tab, at + 1) }] : []),
    {
      key: 'columns',
      label: t(columns === 1 ? 'formDesigner.twoColumns' : 'formDesigner.oneColumn'),
      icon: Columns2,
      run: () => edit(`columns ${name}`, now => changeSection(now, name, { columns: columns === 1 ? 2 : 1 })),
    },
  ]
  const remove = () => {
    edit(`remove section ${name}`, now => removeSection(now, name))
    choose(null)
  }
  const refusal = form.sections.length < 2 ? { refusal: t('formDesigner.lastSection') } : {}
  return [
    { key: 'steps', entries: steps },
    { key: 'to', label: t('formDesigner.moveToTab'), entries: form.tabs ? waysToTabs(design, tab, put) : [] },
    {
      key: 'remove',
      entries: [{ key: 'remove', label: t('formDesigner.removeSection'), icon: Trash2, danger: true, run: remove, ...refusal }],
    },
  ]
}

/** The tabs that a section may go to, and the place above them. */
const waysToTabs = (
  { form, openTab, t, titleOf }: FormDesign,
  tab: string | undefined,
  put: (to: string | undefined, at: number) => void,
): Entries =>
  [undefined, ...(form.tabs ?? []).map(known => known.tab)]
    .filter(to => to !== tab)
    .map(to => ({
      key: to ?? '',
      label: to === undefined ? t('formDesigner.aboveTabs') : titleOf({ kind: 'tab', name: to }),
      icon: FolderInput,
      run: () => {
        put(to, form.sections.length)
        if (to !== undefined) openTab(to)
      },
    }))

/** What can be done with a tab. */
export function tabCommands({ form, edit, choose, t }: FormDesign, name: string): MenuGroup[] {
  const tabs = form.tabs ?? []
  const at = tabs.findIndex(({ tab }) => tab === name)
  const put = (place: number) => edit(`move tab ${name} ${Date.now()}`, now => moveTab(now, name, place))
  const remove = () => {
    edit(`remove tab ${name}`, now => removeTab(now, name))
    choose(null)
  }
  return [
    {
      key: 'steps',
      entries: [
        { key: 'open', label: t('formDesigner.properties'), run: () => choose({ kind: 'tab', name }) },
        ...(at > 0 ? [{ key: 'left', label: t('formDesigner.tabLeft'), icon: ArrowUp, run: () => put(at - 1) }] : []),
        ...(at < tabs.length - 1 ? [{ key: 'right', label: t('formDesigner.tabRight'), icon: ArrowDown, run: () => put(at + 1) }] : []),
      ],
    },
    { key: 'remove', entries: [{ key: 'remove', label: t('formDesigner.removeTab'), icon: Trash2, danger: true, run: remove }] },
  ]
}
