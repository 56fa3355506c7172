import { elementPath, kinds } from '@tessera/platform/definitions/index.js'
import type { ObjectDefinition } from '@tessera/platform/definitions/object.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { useLabel } from '../api/app.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** What a path of the definitions is called by people: object, field and property by their labels; what has none keeps its name. */
export function usePlaceName(): (path: string) => string {
  const { t, i18n } = useTexts()
  const label = useLabel()
  const { elements, live } = useWorkshop()
  return path => {
    const [folder = '', name = '', part = '', field = '', property = ''] = path.split('/')
    const kind = Object.values(kinds).find(known => (known.folder || known.name) === folder)
    const own = kind ? elementPath({ kind: kind.name, name }) : folder
    const element = lookup(elements, own) ?? lookup(live, own)
    if (!element) return path
    const title = label(element.definition.label as Label) || name
    if (folder !== 'objects' || part !== 'fields' || field === '') return [title, part].filter(each => each !== '').join(' › ')
    const definition = lookup((element.definition as unknown as ObjectDefinition).fields, field)
    const word = i18n.exists(`property.${property}`, { ns: 'builder' }) ? t(`property.${property}`) : property
    return [title, label(definition?.label) || field, word].filter(each => each !== '').join(' › ')
  }
}
