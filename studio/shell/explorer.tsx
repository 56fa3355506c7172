import { GraphiQL } from 'graphiql'
import 'graphiql/setup-workers/vite'
import 'graphiql/style.css'
import { useTranslation } from 'react-i18next'
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

/** GraphiQL over the records API, as the member who is signed in: their schema, their records. */
export default function Explorer() {
  const { t } = useTranslation()
  return (
    <section className="explorer" aria-label={t('explorer.title')}>
      <h1 className="sr-only">{t('explorer.title')}</h1>
      <GraphiQL fetcher={fetcher} defaultQuery={t('explorer.hint')} shouldPersistHeaders={false} />
    </section>
  )
}
