import { Button } from 'antd'
import { Package, Upload } from 'lucide-react'
import { useRef } from 'react'
import { Link, useNavigate } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, Skeleton } from '../ui/small.js'
import { toastFailure } from '../ui/toast.js'
import { failureText } from '../views/failure.js'
import { type PackageState, usePackages } from './packages-api.js'
import { packagePath } from './places.js'
import { useTexts } from './texts.js'

/** The packages of the workspace, and those that come with the product, each with what can be done with it. */
export default function PackagesPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const { data, error } = usePackages()
  useTitle(t('packages'), t('studio'), member.workspace.name)
  return (
    <>
      <PageHead title={t('packages')} icon={Package}>
        <PackageUpload />
      </PageHead>
      <div className="scroll-page">
        <div className="studio-home">
          <p className="quiet">{t('packages.explained')}</p>
          {error && <EmptyState title={t('error.notLoaded')} text={failureText(error, t)} />}
          {!data && !error && <Skeleton width="100%" height={120} />}
          {data && (
            <ul className="rows package-rows">
              {data.map(each => (
                <PackageRow key={each.name} state={each} />
              ))}
            </ul>
          )}
        </div>
      </div>
    </>
  )
}

function PackageRow({ state }: { state: PackageState }) {
  const { t } = useTexts()
  const label = useLabel()
  const { name, installed, shipped, isBase } = state
  const isBehind = installed !== null && shipped !== null && installed !== shipped
  const title = label(state.label) || name
  return (
    <li>
      <div className="version-row">
        <Package size={16} aria-hidden />
        <div className="grow">
          <div className="cut">{title}</div>
          <div className="quiet version-note">{label(state.description ?? undefined)}</div>
        </div>
        <span className="quiet num">
          {installed === null ? t('packages.notInstalled') : t(isBase ? 'packages.base' : 'packages.installed', { version: installed })}
        </span>
        {(installed === null || isBehind) && shipped !== null && (
          <Link className="studio-way" to={packagePath(name, 'install')}>
            {installed === null ? t('packages.install') : t('packages.upgrade', { version: shipped })}
          </Link>
        )}
        {installed !== null && !isBase && (
          <Link className="studio-way" to={packagePath(name, 'remove')}>
            {t('packages.remove')}
          </Link>
        )}
      </div>
    </li>
  )
}

/** Takes a package from a file: a list of definitions with its `app` among them. */
function PackageUpload() {
  const { t } = useTexts()
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    try {
      const definitions = JSON.parse(await file.text()) as unknown
      const name = Array.isArray(definitions)
        ? (definitions as { app?: unknown }[]).find(one => typeof one.app === 'string')?.app
        : undefined
      if (typeof name !== 'string') throw new Error(t('packages.noPackage'))
      void navigate(packagePath(name, 'install'), { state: { file: definitions } })
    } catch {
      toastFailure(t('packages.noPackage'))
    }
  }
  return (
    <>
      <Button icon={<Upload size={15} aria-hidden />} onClick={() => input.current?.click()}>
        {t('packages.fromFile')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        hidden
        aria-label={t('packages.fromFile')}
        onChange={event => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </>
  )
}
