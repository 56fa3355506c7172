/** The PostgreSQL schema that holds the workspace of a slug. */
export const schemaOf = (slug: string): string => `w_${slug.replaceAll('-', '_')}`

/** The slug of the workspace that a schema holds; slugs have hyphens and no underscores. */
export const slugOf = (schema: string): string => schema.slice(2).replaceAll('_', '-')
