import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { PasswordForm } from '../account/password-form.js'
import { SecondFactorSetup } from '../account/second-factor-setup.js'
import { useDeed } from '../account/security.js'
import { useTexts } from '../account/texts.js'
import { useEndView, useSignOut } from '../api/session.js'
import { useTitle } from '../ui/page-head.js'
import { Doorway } from './doorway.js'
import '../account/account.css'

/** What the workspace asks of a session before anything else: a new password, a second factor. */
export default function NeedsPage({ need }: { need: string }) {
  const { t } = useTexts()
  const client = useQueryClient()
  const signOut = useSignOut()
  const isPassword = need === 'password'
  const end = useEndView()
  const title = t(`needs.${need}`)
  useTitle(title)
  const change = useDeed<{ current: string; password: string }, boolean>(
    'mutation Change($current: String!, $password: String!) { changePassword(current: $current, password: $password) }',
    'changePassword',
  )
  const goOn = () => void client.resetQueries({ queryKey: ['session'] })
  return (
    <Doorway title={title}>
      {isPassword ? (
        <>
          <p className="account-note">{t('needs.passwordHelp')}</p>
          <PasswordForm
            verb={t('password.set')}
            asksCurrent
            error={change.error}
            busy={change.isPending}
            onSubmit={(password, current) => change.mutate({ current, password }, { onSuccess: goOn })}
          />
        </>
      ) : need === 'view' ? (
        <>
          <p className="account-note">{t('needs.viewHelp')}</p>
          <Button type="primary" block loading={end.isPending} onClick={() => end.mutate()}>
            {t('view.end')}
          </Button>
        </>
      ) : (
        <SecondFactorSetup onDone={goOn} />
      )}
      <Button type="link" block className="account-under" onClick={() => signOut.mutate()}>
        {t('signOut')}
      </Button>
    </Doorway>
  )
}
