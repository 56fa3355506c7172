import { useRef, useState } from 'react'
import { type UploadedFile, uploadFile } from '../api/client.js'

/** A file on its way. */
export interface Pending {
  readonly key: string
  readonly name: string
  /** How much of it is sent, from 0 to 1. */
  readonly share: number
}

/** Sends files one after the other, so that they stand in the order in which they were chosen. */
export function useUploads(files: readonly UploadedFile[], onChange: (files: UploadedFile[]) => void) {
  const latest = useRef(files)
  latest.current = files
  const count = useRef(0)
  const [pending, setPending] = useState<readonly Pending[]>([])
  const [failed, setFailed] = useState('')
  const sendOne = async (file: File) => {
    const key = `${++count.current}`
    setPending(now => [...now, { key, name: file.name, share: 0 }])
    try {
      const sent = await uploadFile(file, share => setPending(now => now.map(one => (one.key === key ? { ...one, share } : one))))
      latest.current = [...latest.current, sent]
      onChange([...latest.current])
    } catch {
      setFailed(file.name)
    } finally {
      setPending(now => now.filter(one => one.key !== key))
    }
  }
  const send = async (chosen: readonly File[]) => {
    setFailed('')
    for (const file of chosen) await sendOne(file)
  }
  return { pending, failed, send }
}
