import { name, sql, workspaceTable } from '../sql/sql.js'
import { jsonClass, type ValueClass } from './classes.js'

/** A file by its id; what is known of it stands with the files. */
export const fileClass: ValueClass = {
  ...jsonClass,
  name: 'file',
  output: 'File',
  input: 'FileInput',
  filter: 'FileFilter',
  sqlType: 'uuid',
  parts: { id: 'ID', name: 'String', type: 'String', size: 'Int' },
  part: (value, part) => sql`(select f.${name(part)} from ${workspaceTable('_file')} f where f.id = ${value})`,
}

/** Several files, in their order. */
export const filesClass: ValueClass = {
  ...fileClass,
  name: 'files',
  output: '[File!]',
  input: '[FileInput!]',
  sqlType: 'uuid[]',
  isList: true,
}
