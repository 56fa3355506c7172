import { useQuery } from '@tanstack/react-query'
import type { ImportColumn } from '@tessera/platform/records/import-mapping.js'
import { ask } from '../../api/client.js'
import type { SeenColumn, UnknownValue } from './import-state.js'

/** What the server found in a file. */
export interface Inspection {
  readonly columns: readonly SeenColumn[]
  readonly rows: number
  readonly mapping: readonly ImportColumn[]
  readonly values: readonly UnknownValue[]
}

const inspectDocument = `query Inspect($file: ID!, $object: String!, $mapping: JSON) {
  inspectImport(file: $file, object: $object, mapping: $mapping) {
    columns { name samples filled dateFormat field guess } rows mapping values { column field value count suggestion }
  }
}`

/** Looks through an uploaded file; with a mapping, what it leaves unknown. @throws ApiError with what does not fit */
export const inspectImport = async (
  file: string,
  object: string,
  mapping?: readonly ImportColumn[],
  signal?: AbortSignal,
): Promise<Inspection> =>
  (await ask<{ inspectImport: Inspection }>('/platform', inspectDocument, { file, object, mapping }, signal)).inspectImport

/** The values that a mapping leaves unknown; asked when the step is entered, not with every value that is mapped. */
export const useUnknownValues = (file: string, object: string, mapping: readonly ImportColumn[]) => {
  const plain = mapping.map(({ values: _, ...entry }) => entry)
  return useQuery({
    queryKey: ['import', 'values', file, object, plain],
    queryFn: async ({ signal }) => (await inspectImport(file, object, plain, signal)).values,
    staleTime: 60_000,
    retry: false,
  })
}

/** Why rows were refused, and how many. */
export interface Reason {
  readonly code: string
  readonly column: string
  readonly value: string | null
  readonly message: string
  readonly hint: string
  readonly suggestion: string | null
  readonly count: number
  /** `warning` where the rows come in when warnings are accepted. */
  readonly severity: string | null
}

/** An import on the server, as far as it is. */
export interface ImportJob {
  readonly id: string
  readonly state: string
  readonly progress: { readonly done: number; readonly total: number | null }
  readonly result: { readonly created: number; readonly updated: number; readonly unchanged: number; readonly refused: number }
  readonly reasons: readonly Reason[]
  readonly errorsFile: string | null
  readonly error: string | null
}

const beginDocument = `mutation Import($object: String!, $file: ID!, $mapping: JSON!, $match: String, $dryRun: Boolean!, $acceptWarnings: Boolean!) {
  importRecords(object: $object, file: $file, mapping: $mapping, match: $match, dryRun: $dryRun, acceptWarnings: $acceptWarnings) { id }
}`

/** Begins an import or its dry run; gives the id of the job. @throws ApiError with what does not fit */
export const beginImport = async (input: {
  object: string
  file: string
  mapping: readonly ImportColumn[]
  match: string | null
  dryRun: boolean
  acceptWarnings: boolean
}): Promise<string> => (await ask<{ importRecords: { id: string } }>('/platform', beginDocument, input)).importRecords.id

const jobDocument = `query Job($id: ID!) {
  importJob(id: $id) { id state progress { done total } result { created updated unchanged refused } reasons { code column value message hint suggestion count severity } errorsFile error }
}`

/** Whether a job is at its end. */
export const isOver = (job: ImportJob | null | undefined): boolean => job?.state === 'done' || job?.state === 'failed'

/** A job, asked again until it is at its end. */
export const useImportJob = (id: string | null) =>
  useQuery({
    queryKey: ['import', 'job', id],
    queryFn: async ({ signal }) => (await ask<{ importJob: ImportJob | null }>('/platform', jobDocument, { id }, signal)).importJob,
    enabled: id !== null,
    refetchInterval: query => (isOver(query.state.data) || query.state.data === null ? false : 600),
  })
