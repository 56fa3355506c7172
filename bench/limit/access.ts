/** Which records the measured member may see, as bench/member.ts grants it, written by hand over the same tables. */

/** What a statement is given of who asks: the placeholders of whose records are reached, and of who records are shared with. */
export interface Asks {
  readonly reached: string
  readonly grantees: string
}

const shared = (schema: string, level: 'read' | 'edit', { grantees }: Asks): string =>
  `array(select s.record from ${schema}._share s where s.grantee = any(${grantees}::uuid[]) and s.object = 'opportunity'${level === 'edit' ? ` and s.level = 'edit'` : ''} and (s.expires_at is null or s.expires_at > now()))`

/** Opportunities: by the criterion, by the hierarchy, or because they were shared. */
export const reachesOpportunity = (schema: string, t: string, asks: Asks, level: 'read' | 'edit' = 'read'): string =>
  `(${t}.type in ('newBusiness', 'expansion') or ${t}.owner_id = any(${asks.reached}::uuid[]) or ${t}.id = any(${shared(schema, level, asks)}))`

export const seesCustomer = (t: string): string => `${t}.lifecycle is distinct from 'lost'`

/** Lines follow their order: those of an order that is seen are seen, so below one nothing more is asked. */
export const seesOrder = (t: string): string => `${t}.status is distinct from 'cancelled'`
