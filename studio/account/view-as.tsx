import { Button, Select } from 'antd'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { useApp } from '../api/app.js'
import { useBeginView } from '../api/session.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { Labelled } from '../ui/labelled.js'
import { failureText } from '../views/failure.js'
import { usePeople } from './security.js'

/** Lets an admin choose a member and see the app as that one does. */
export function ViewAs() {
  const { t } = useRightsTexts()
  const { member, model } = useApp()
  const { data } = usePeople()
  const begin = useBeginView()
  const [chosen, setChosen] = useState<string | null>(null)
  const isAdmin = (roles: readonly string[]) => roles.some(role => model.roles[role]?.admin)
  const people = (data ?? []).filter(({ id, active, roles }) => active && id !== member.id && !isAdmin(roles))
  return (
    <form
      className="view-as"
      onSubmit={event => {
        event.preventDefault()
        if (chosen !== null && !begin.isPending) begin.mutate(chosen)
      }}
    >
      <Labelled
        className="labelled"
        id="view-as"
        label={t('matrix.viewAs')}
        help={t('matrix.viewAsHelp')}
        error={begin.error ? failureText(begin.error, t) : undefined}
      >
        <div className="view-as-line">
          <Select
            id="view-as"
            aria-describedby="view-as-note"
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('matrix.chooseMember')}
            value={chosen}
            onChange={setChosen}
            options={people.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` }))}
            notFoundContent={t('matrix.nobody')}
          />
          <Button
            type="primary"
            htmlType="submit"
            icon={<Eye size={15} aria-hidden />}
            disabled={chosen === null}
            loading={begin.isPending}
          >
            {t('matrix.view')}
          </Button>
        </div>
      </Labelled>
    </form>
  )
}
