/** The addresses of the product; the address is the state of a page, so a link reproduces the screen. */
export const homePath = (app: string): string => `/${app}`
export const objectPath = (app: string, object: string, view?: string): string => `/${app}/${object}${view ? `?view=${view}` : ''}`
/** The list of the records that break a rule. */
export const breaksPath = (app: string, object: string, rule: string, view?: string): string =>
  `/${app}/${object}?${new URLSearchParams({ ...(view ? { view } : {}), breaks: rule }).toString()}`
/** The list of the records for which a rule holds; of those that hold for all, the whole list. */
export const foundPath = (app: string, object: string, rule: unknown, view?: string): string =>
  `/${app}/${object}?${new URLSearchParams({ ...(view ? { view } : {}), ...(rule === true ? {} : { found: JSON.stringify(rule) }) }).toString()}`
export const recordPath = (app: string, object: string, id: string, tab?: string): string =>
  `/${app}/${object}/${id}${tab ? `/${tab}` : ''}`
export const editPath = (app: string, object: string, id: string): string => `/${app}/${object}/${id}/edit`
export const newPath = (app: string, object: string): string => `/${app}/${object}/new`
export const importPath = (app: string, object: string): string => `/${app}/${object}/import`
export const reportPath = (app: string, report: string): string => `/${app}/-/reports/${report}`
