/** The PostgreSQL schema that holds the workspace of a slug. */
export const schemaOf = (slug: string): string => `w_${slug.replaceAll('-', '_')}`
