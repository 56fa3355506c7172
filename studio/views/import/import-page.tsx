/** Brings records of a file into an object. */
export default function ImportPage() {
  return null
}
