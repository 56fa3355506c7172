import { useParams } from 'react-router'
import { useApp } from './app.js'

/** The navigation that the address is in, else the first one. */
export function useAppName(): string {
  const { app } = useParams()
  const { model } = useApp()
  if (app !== undefined && Object.hasOwn(model.navigation, app)) return app
  return Object.keys(model.navigation)[0] ?? 'app'
}
