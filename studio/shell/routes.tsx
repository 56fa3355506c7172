import { lazy, Suspense } from 'react'
import { createBrowserRouter, type LazyRouteFunction, Navigate, type RouteObject, RouterProvider } from 'react-router'
import { homePath } from '../api/addresses.js'
import { useApp } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { worded } from '../ui/language.js'
import { Broken } from './broken.js'
import { Frame } from './frame.js'
import { loaders } from './loaders.js'
import { NotFound } from './not-found.js'

const page =
  (load: () => Promise<{ default: React.ComponentType }>): LazyRouteFunction<RouteObject> =>
  async () => ({ Component: (await worded(load)()).default })

const Studio = lazy(worded(() => import('../builder/builder-routes.js')))

const router = createBrowserRouter([
  {
    Component: Frame,
    ErrorBoundary: Broken,
    children: [
      {
        // a page that fails leaves the frame standing, with the ways to the others
        ErrorBoundary: Broken,
        children: [
          { index: true, Component: ToFirst },
          {
            path: 'studio',
            element: (
              <Suspense fallback={null}>
                <Studio />
              </Suspense>
            ),
            children: [
              { index: true, lazy: page(() => import('../builder/home-page.js')) },
              { path: 'objects', lazy: page(() => import('../builder/objects-page.js')) },
              { path: 'objects/:object', lazy: page(() => import('../builder/object-page.js')) },
              { path: 'objects/:object/fields/:field', lazy: page(() => import('../builder/object-page.js')) },
              { path: 'relations', lazy: page(() => import('../builder/relations-page.js')) },
              { path: 'definitions/:kind', lazy: page(() => import('../builder/kind-page.js')) },
              { path: 'definitions/:kind/:name', lazy: page(() => import('../builder/element-page.js')) },
              { path: 'forms/:name', lazy: page(() => import('../builder/form-page.js')) },
              { path: 'conflicts', lazy: page(() => import('../builder/conflict-page.js')) },
              { path: 'packages', lazy: page(() => import('../builder/packages-page.js')) },
              { path: 'packages/:name/:verb', lazy: page(() => import('../builder/package-page.js')) },
              { path: 'publish', lazy: page(() => import('../builder/publish-page.js')) },
              { path: 'translations', lazy: page(() => import('../builder/translations-page.js')) },
              { path: 'versions', lazy: page(() => import('../builder/versions-page.js')) },
              { path: 'versions/:number/:other', lazy: page(() => import('../builder/version-diff-page.js')) },
              { path: 'rates', lazy: page(() => import('../builder/rates-page.js')) },
              { path: 'members', lazy: page(() => import('../account/members-page.js')) },
              { path: 'matrix', lazy: page(() => import('../account/matrix-page.js')) },
              { path: 'groups/:kind?', lazy: page(() => import('../account/groups-page.js')) },
              { path: 'assignments', lazy: page(() => import('../account/assignments-page.js')) },
              { path: 'keys', lazy: page(() => import('../account/keys-page.js')) },
              { path: 'security', lazy: page(() => import('../account/security-page.js')) },
              { path: 'audit', lazy: page(() => import('../account/audit-page.js')) },
              { path: 'versions/:number', lazy: page(() => import('../builder/rollback-page.js')) },
            ],
          },
          { path: '-/bin', lazy: page(() => import('../account/bin-page.js')) },
          { path: '-/audit', lazy: page(() => import('../account/audit-page.js')) },
          { path: '-/account', lazy: page(() => import('../account/account-page.js')) },
          // a link that was followed to its end, and the way back from a provider of identities
          { path: 'sign-in/*', Component: ToFirst },
          { path: 'explorer', lazy: page(() => import('./explorer.js')) },
          { path: ':app', lazy: page(loaders.home) },
          { path: ':app/-/reports/:report', lazy: page(loaders.report) },
          { path: ':app/:object', lazy: page(loaders.list) },
          { path: ':app/:object/new', lazy: page(loaders.form) },
          { path: ':app/:object/import', lazy: page(loaders.import) },
          { path: ':app/:object/:id/edit', lazy: page(loaders.form) },
          { path: ':app/:object/:id/:tab?', lazy: page(loaders.record) },
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
])

/** The start: the first navigation's home. */
function ToFirst() {
  const app = useAppName()
  const { model } = useApp()
  return Object.keys(model.navigation).length > 0 || Object.keys(model.objects).length > 0 ? (
    <Navigate to={homePath(app)} replace />
  ) : (
    <Navigate to="/studio" replace />
  )
}

/** All pages behind the sign-in; each comes when it is first opened. */
export const Pages = () => <RouterProvider router={router} />
