import { Button } from 'antd'
import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuestion } from './confirm.js'
import { IconButton } from './small.js'
import { closeToast, useToast } from './toast.js'

const QuestionBox = lazy(() => import('./question.js'))

/** Draws the one toast; screen readers hear it. */
export function Toaster() {
  const { t } = useTranslation()
  const toast = useToast()
  return (
    <div className="toast-place" role="status" aria-live="polite">
      {toast && (
        <div className={`toast ${toast.tone}`}>
          {toast.tone === 'done' ? <CircleCheck size={16} aria-hidden /> : <CircleAlert size={16} aria-hidden />}
          <span>{toast.text}</span>
          {toast.action && (
            <Button
              type="link"
              size="small"
              onClick={() => {
                closeToast()
                toast.action?.run()
              }}
            >
              {toast.action.label}
            </Button>
          )}
          <IconButton icon={X} label={t('close')} onClick={closeToast} />
        </div>
      )}
    </div>
  )
}

/** Draws the question that waits for an answer; its box comes with the first one. */
export function ConfirmHost() {
  const question = useQuestion()
  return <Suspense fallback={null}>{question && <QuestionBox question={question} />}</Suspense>
}
