import { dataOf, post } from './app.js'

/** An import as the administration API tells of it. */
export interface ImportJob {
  readonly id: string
  readonly state: string
  readonly progress: { readonly done: number; readonly total: number | null }
  readonly result: { readonly created: number; readonly updated: number; readonly unchanged: number; readonly refused: number }
  readonly reasons: readonly {
    readonly code: string
    readonly column: string
    readonly value: string | null
    readonly hint: string
    readonly suggestion: string | null
    readonly count: number
  }[]
  readonly errorsFile: string | null
  readonly error: string | null
}

const fields =
  'id state progress { done total } result { created updated unchanged refused } reasons { code column value hint suggestion count } errorsFile error'

type Headers = Record<string, string>

/** Starts an import. Throws the errors of the API. */
export async function startImport(
  url: string,
  headers: Headers,
  order: { object: string; file: string; mapping: unknown; match?: string; dryRun?: boolean; acceptWarnings?: boolean },
): Promise<ImportJob> {
  const query = `mutation($object: String!, $file: ID!, $mapping: JSON!, $match: String, $dryRun: Boolean, $acceptWarnings: Boolean) { importRecords(object: $object, file: $file, mapping: $mapping, match: $match, dryRun: $dryRun, acceptWarnings: $acceptWarnings) { ${fields} } }`
  return dataOf<ImportJob>(await post(`${url}/platform`, query, order, headers), 'importRecords')
}

/** An import as it is now. */
export async function readImport(url: string, headers: Headers, id: string): Promise<ImportJob> {
  return dataOf<ImportJob>(
    await post(`${url}/platform`, `query($id: ID!) { importJob(id: $id) { ${fields} } }`, { id }, headers),
    'importJob',
  )
}

/** Starts an import and waits until it is at its end. */
export async function runImport(url: string, headers: Headers, order: Parameters<typeof startImport>[2]): Promise<ImportJob> {
  const { id } = await startImport(url, headers, order)
  for (;;) {
    const job = await readImport(url, headers, id)
    if (job.state === 'done' || job.state === 'failed') return job
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
