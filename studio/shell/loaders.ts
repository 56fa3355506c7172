import { loadInputs } from '../fields/plain-inputs.js'
import ListPage from '../views/list/list-page.js'

/** Loads the pages of a route before they are asked for. */
export const loaders = {
  // lists are where the day begins, so they come with what stands around every page
  list: () => Promise.resolve({ default: ListPage }),
  // values are edited in place there: who opens one may type at once
  record: () => Promise.all([import('../views/record/record-page.js'), loadInputs()]).then(([page]) => page),
  form: () => import('../views/record/form-page.js'),
  import: () => import('../views/import/import-page.js'),
  report: () => import('../reports/report-page.js'),
  home: () => import('./home.js'),
}
