/** Uploads a text or bytes as a file and gives its id. Throws what the server answered when it did not take it. */
export async function upload(url: string, headers: Record<string, string>, name: string, content: string | Uint8Array): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([content as BlobPart], { type: 'text/csv' }), name)
  const response = await fetch(`${url}/files`, { method: 'POST', headers, body: form })
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
  return ((await response.json()) as { id: string }).id
}
