/** Loads the pages of a route before they are asked for. */
export const loaders = {
  list: () => import('../views/list/list-page.js'),
  record: () => import('../views/record/record-page.js'),
  form: () => import('../views/record/form-page.js'),
  import: () => import('../views/import/import-page.js'),
  report: () => import('../reports/report-page.js'),
  home: () => import('./home.js'),
}
