import type { Label } from '../label.js'
import { type FieldDefinition, optionsOf } from './definition.js'
import { fieldType, fits, misfit, type Named, type Parsed } from './field.js'
import { fileClass, filesClass } from './file-classes.js'
import { isId } from './id-text.js'
import { isRecord } from './parts.js'
import { expected, plain } from './value-text.js'

/** As many files stand in one field, unless it says otherwise. */
const mostFiles = 20

function parseFile(value: unknown): Parsed {
  if (value === null || value === undefined || value === '') return fits(null)
  const id = isRecord(value) ? value.id : value
  return typeof id === 'string' && isId(id) ? fits(id.toLowerCase()) : expected('file')
}

/** Each file once, in the order given; none is no value. */
function parseFiles(value: unknown, { maxFiles = mostFiles }: FieldDefinition): Parsed {
  if (value === null || value === undefined || value === '') return fits(null)
  const parsed = (Array.isArray(value) ? value : [value]).map(parseFile)
  const ids = new Set(parsed.map(one => ('value' in one ? one.value : null)))
  if (ids.has(null)) return expected('files')
  if (ids.size > maxFiles) return misfit('VALUES_TOO_MANY', { max: maxFiles })
  return fits(ids.size > 0 ? [...ids] : null)
}

const nameOf = (value: unknown): string => (isRecord(value) ? String(value.name ?? '') : typeof value === 'string' ? value : '')
const namesOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).map(nameOf).filter(text => text !== '')

const oneFile = { type: 'object', properties: { id: { type: 'string', format: 'uuid' } } }

const idsFromText = (text: string): string[] => text.split(/[,;，；、|\s]+/).filter(part => part !== '')

/** A type of uploaded files; what the API gives of a file can be given back, its id counts. */
export function fileType<N extends string>(name: N, label: Label, sample: string): Named<N> {
  return fieldType({
    name,
    label,
    group: 'text',
    sample,
    options: optionsOf('accept', 'maxSize', 'multiple', 'maxFiles'),
    class: field => (field.multiple ? filesClass : fileClass),
    columns: field => [{ suffix: '', type: field.multiple ? 'uuid[]' : 'uuid' }],
    writable: true,
    check: field =>
      field.maxFiles === undefined || field.multiple
        ? []
        : [{ property: 'maxFiles', misfit: { code: 'PROPERTY_UNFIT', params: { property: 'maxFiles', type: name } } }],
    parse: (value, field) => (field.multiple ? parseFiles(value, field) : parseFile(value)),
    fromText: (typed, field) => (field.multiple ? parseFiles(idsFromText(plain(typed)), field) : parseFile(plain(typed))),
    format: (value, _field, { locale }) => namesOf(value).join(locale === 'zh-CN' ? '、' : ', '),
    schema: field => (field.multiple ? { type: 'array', maxItems: field.maxFiles ?? mostFiles, items: oneFile } : oneFile),
    converts: {},
    examples: {
      field: {},
      valid: [],
      invalid: ['x', 5, {}, { id: 'none' }, { id: '0195f2a0-0000-7000-8000-000000000000' }],
      texts: [
        ['0195F2A0-0000-7000-8000-000000000000', '0195f2a0-0000-7000-8000-000000000000'],
        ['', null],
      ],
    },
  })
}

/** One uploaded file, or several. */
export const file: Named<'file'> = fileType('file', { en: 'File', 'zh-CN': '文件' }, 'contract.pdf')

/** The types of files that a field takes, as an upload names them; empty when it takes all. */
export const acceptedBy = (field: FieldDefinition): string[] =>
  (field.accept ?? (field.type === 'image' ? 'image/*' : ''))
    .split(',')
    .map(part => part.trim().toLowerCase())
    .filter(part => part !== '')

/** Whether a field takes a file: by its type (`image/*`, `application/pdf`) or the end of its name (`.pdf`). */
export const takesFile = (field: FieldDefinition, name: string, type: string): boolean => {
  const accepted = acceptedBy(field)
  return (
    accepted.length === 0 ||
    accepted.some(part =>
      part.startsWith('.') ? name.toLowerCase().endsWith(part) : part.endsWith('/*') ? type.startsWith(part.slice(0, -1)) : type === part,
    )
  )
}
