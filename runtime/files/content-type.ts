/** What the first bytes of a file say that it is (signatures as registered with IANA and in the formats' own specifications). */
const signatures: readonly { readonly type: string; readonly at?: number; readonly bytes: string; readonly family?: RegExp }[] = [
  { type: 'image/png', bytes: '89504e470d0a1a0a' },
  { type: 'image/jpeg', bytes: 'ffd8ff' },
  { type: 'image/gif', bytes: '474946383761' },
  { type: 'image/gif', bytes: '474946383961' },
  { type: 'image/webp', at: 8, bytes: '57454250' },
  { type: 'image/tiff', bytes: '49492a00' },
  { type: 'image/tiff', bytes: '4d4d002a' },
  { type: 'application/pdf', bytes: '255044462d' },
  {
    type: 'application/zip',
    bytes: '504b0304',
    family: /^application\/(vnd\.(openxmlformats|oasis|ms-)[\w.-]*|epub\+zip|java-archive|x-zip-compressed)$/,
  },
  { type: 'application/gzip', bytes: '1f8b' },
  { type: 'application/x-executable', bytes: '7f454c46' },
  { type: 'application/x-ole-storage', bytes: 'd0cf11e0a1b11ae1', family: /^application\/(msword|vnd\.ms-[\w.-]+)$/ },
]

/** Types that only their bytes can make true: what claims them without is kept as bytes of no known type. */
const proven = /^(image\/(?!svg\+xml$)|application\/pdf$)/

/** How many first bytes decide. */
export const decisive = 16

/**
 * The type under which an upload is kept: what its first bytes say, and what the sender says only as far as they do not speak against it.
 * @param claimed by the sender
 */
export function contentType(first: Uint8Array, claimed: string): string {
  const hex = Buffer.from(first.subarray(0, decisive)).toString('hex')
  const found = signatures.find(({ at = 0, bytes }) => hex.startsWith(bytes, at * 2))
  if (found) return found.family?.test(claimed) ? claimed : found.type
  return proven.test(claimed) && !unknownImages.has(claimed) ? 'application/octet-stream' : claimed
}

/** Pictures whose signature is not told apart here. */
const unknownImages = new Set(['image/bmp', 'image/heic', 'image/heif', 'image/avif', 'image/x-icon', 'image/vnd.microsoft.icon'])
