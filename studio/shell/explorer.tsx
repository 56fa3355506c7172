import { GraphiQL } from 'graphiql'
import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import { useTranslation } from 'react-i18next'
import { type App, useApp } from '../api/app.js'
import { useMode } from '../ui/mode.js'
import './explorer.css'

type Fetcher = React.ComponentProps<typeof GraphiQL>['fetcher']

const fetcher: Fetcher = async params => {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'same-origin',
    body: JSON.stringify(params),
  })
  return response.json()
}

/** A question to begin with: the first records of the first object that has a title. */
function exampleOf({ model }: App): string {
  const object = Object.values(model.objects).find(({ detail }) => detail === null)
  if (!object) return ''
  return `\n{\n  ${object.plural}(first: 5) {\n    totalCount\n    nodes {\n      id\n      ${object.title}\n    }\n  }\n}\n`
}

/** GraphiQL over the records API, as the member who is signed in: their schema, their records. */
export default function Explorer() {
  const { t } = useTranslation()
  const app = useApp()
  const mode = useMode()
  return (
    <section className="explorer" aria-label={t('explorer.title')}>
      <h1 className="sr-only">{t('explorer.title')}</h1>
      <GraphiQL fetcher={fetcher} defaultQuery={`${t('explorer.hint')}${exampleOf(app)}`} shouldPersistHeaders={false} forcedTheme={mode} />
    </section>
  )
}
