/** What a field under a former name says of itself. */
interface Former {
  readonly deprecationReason: string
  readonly extensions: { readonly present: string }
}

/** Fields, and again under the former names that they answer to, each marked as deprecated. */
export function withFormer<Field extends object>(
  fields: Readonly<Record<string, Field>>,
  names: Readonly<Record<string, string>> = {},
): Record<string, Field & Partial<Former>> {
  const former = Object.entries(names).flatMap(([was, present]) => {
    const field = Object.hasOwn(fields, present) ? fields[present] : undefined
    return field && !Object.hasOwn(fields, was)
      ? [[was, { ...field, deprecationReason: `It is called “${present}” now.`, extensions: { present } }] as const]
      : []
  })
  return { ...fields, ...Object.fromEntries(former) }
}

/** The present name of a field that is there under a former one; its own name for any other. */
export const presentName = ({ name, extensions }: { readonly name: string; readonly extensions: unknown }): string =>
  (extensions as Partial<Former['extensions']> | undefined)?.present ?? name
