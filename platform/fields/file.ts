import type { Label } from '../label.js'
import { fileClass } from './classes.js'
import { type FieldDefinition, optionsOf } from './definition.js'
import { fieldType, fits, type Named, type Parsed } from './field.js'
import { isId } from './id-text.js'
import { isRecord } from './parts.js'
import { expected, plain } from './value-text.js'

/** A type of uploaded files; what the API gives of a file can be given back, its id counts. */
export function fileType<N extends string>(name: N, label: Label, sample: string): Named<N> {
  const parse = (value: unknown): Parsed => {
    if (value === null || value === undefined || value === '') return fits(null)
    const id = isRecord(value) ? value.id : value
    return typeof id === 'string' && isId(id) ? fits(id.toLowerCase()) : expected('file')
  }
  return fieldType({
    name,
    label,
    group: 'text',
    sample,
    options: optionsOf('accept', 'maxSize'),
    class: () => fileClass,
    columns: () => [{ suffix: '', type: 'uuid' }],
    writable: true,
    parse,
    fromText: typed => parse(plain(typed)),
    format: value => (isRecord(value) ? String(value.name ?? '') : typeof value === 'string' ? value : ''),
    schema: () => ({ type: 'object', properties: { id: { type: 'string', format: 'uuid' } } }),
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

/** One uploaded file. */
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
