import { Modal } from 'antd'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Asked } from './confirm.js'
import { Skeleton } from './small.js'

/** Draws a question with its two answers; where it asks for a value, the yes waits for that. */
export default function QuestionBox({ question }: { question: Asked }) {
  const { t } = useTranslation()
  const [value, setValue] = useState<string | null>(null)
  const { Choice } = question
  return (
    <Modal
      open
      title={question.title}
      okText={question.verb}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: Choice !== undefined && value === null, ...(question.danger ? { className: 'danger-fill' } : {}) }}
      onOk={() => question.answer(true, value)}
      onCancel={() => question.answer(false, null)}
      mask={{ closable: false }}
      closable={false}
      width={440}
      centered
    >
      <span className="question-body">{question.body}</span>
      <Suspense fallback={<Skeleton width="100%" height={32} />}>{Choice && <Choice value={value} onChange={setValue} />}</Suspense>
    </Modal>
  )
}
