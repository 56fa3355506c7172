import { dataOf, post, type TestApp } from './app.js'

/** Publishes definitions in the test workspace, as an admin would over the API; throws the issues when it is refused. */
export async function publish(
  app: Pick<TestApp, 'url'>,
  headers: Record<string, string>,
  put: readonly unknown[],
  remove: readonly { kind: string; name: string }[] = [],
  confirm: readonly string[] = [],
): Promise<{ version: number }> {
  const query =
    'mutation($put: [JSON!], $remove: [ElementRef!], $confirm: [String!]) { publish(put: $put, remove: $remove, confirm: $confirm) { version } }'
  return dataOf<{ version: number }>(await post(`${app.url}/platform`, query, { put, remove, confirm }, headers), 'publish')
}
