import { Select } from 'antd'
import { useNavigate } from 'react-router'
import { versionDiffPath } from './places.js'
import { useVersions } from './publishing.js'
import { useTexts } from './texts.js'

/** Chooses the two versions that are compared; the page follows. */
export function VersionChoice({ from, to }: { from: number; to: number }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { data = [] } = useVersions()
  const options = data.map(({ number, message }) => ({
    value: number,
    label: [number, message?.startsWith('↩ ') ? t('versions.back', { version: message.slice(2) }) : message].filter(Boolean).join(' · '),
  }))
  const choose = (id: string, text: string, value: number, onChange: (number: number) => void) => (
    <label className="version-choice" htmlFor={id}>
      <span>{text}</span>
      <Select
        id={id}
        showSearch={{ optionFilterProp: 'label' }}
        value={value}
        options={options}
        onChange={onChange}
        popupMatchSelectWidth={false}
      />
    </label>
  )
  return (
    <div className="version-choices">
      {choose('version-from', t('versions.compareFrom'), from, number => void navigate(versionDiffPath(number, to)))}
      {choose('version-to', t('versions.compareTo'), to, number => void navigate(versionDiffPath(from, number)))}
    </div>
  )
}
