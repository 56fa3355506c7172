import type { OptionSetDefinition } from '@tessera/platform/definitions/option-set.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'

/** Adds a set with one option to begin with. */
export const addOptionSet = (elements: Elements, name: string, label: Label): Elements => ({
  ...elements,
  [`optionSets/${name}`]: {
    kind: 'optionSet',
    name,
    definition: { optionSet: name, label, options: [{ value: 'option1', label: { en: 'Option 1', 'zh-CN': '选项 1' }, color: 'blue' }] },
  },
})

/** Changes properties of a set; undefined takes a property away. */
export function changeOptionSet(elements: Elements, name: string, change: Partial<OptionSetDefinition>): Elements {
  const path = `optionSets/${name}`
  const element = lookup(elements, path)
  if (!element) return elements
  const definition = Object.fromEntries(Object.entries({ ...element.definition, ...change }).filter(([, value]) => value !== undefined))
  return { ...elements, [path]: { ...element, definition } }
}
