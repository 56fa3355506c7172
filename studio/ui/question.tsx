import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Asked } from './confirm.js'

/** Draws a question with its two answers. */
export default function QuestionBox({ question }: { question: Asked }) {
  const { t } = useTranslation()
  return (
    <Modal
      open
      title={question.title}
      okText={question.verb}
      cancelText={t('cancel')}
      okButtonProps={question.danger ? { className: 'danger-fill' } : {}}
      onOk={() => question.answer(true)}
      onCancel={() => question.answer(false)}
      mask={{ closable: false }}
      closable={false}
      width={440}
      centered
    >
      <span className="question-body">{question.body}</span>
    </Modal>
  )
}
