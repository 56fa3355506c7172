import { Button, Checkbox, Input, InputNumber, Select } from 'antd'
import { type FormEvent, useState } from 'react'
import { useApp, useLabel } from '../api/app.js'
import { Labelled } from '../ui/labelled.js'
import { Problem } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { useDeed, usePeople, wrongAt } from './security.js'
import { useTexts } from './texts.js'

const createDocument = `mutation CreateKey($name: String!, $member: ID, $expiresAt: DateTime, $objects: [KeyObjectInput!], $mayWrite: Boolean!, $addresses: [String!]) {
  createApiKey(name: $name, member: $member, expiresAt: $expiresAt, objects: $objects, mayWrite: $mayWrite, addresses: $addresses) }`

interface Wanted {
  name: string
  member: string | null
  days: number | null
  objects: readonly string[]
  fields: readonly string[]
  mayWrite: boolean
  addresses: readonly string[]
}

const dayLength = 86_400_000

/** The chosen objects, each with the chosen fields of it: an object of which no field is chosen is whole. */
const objectsOf = ({ objects, fields }: Wanted) =>
  objects.length === 0
    ? null
    : objects.map(object => {
        const own = fields.filter(field => field.startsWith(`${object}.`)).map(field => field.slice(object.length + 1))
        return { object, fields: own.length === 0 ? null : own }
      })

/** What a new key is for, whom it acts as and what it is held to. */
export function KeyForm({ isOwn, onDone, onCancel }: { isOwn: boolean; onDone: (token: string) => void; onCancel: () => void }) {
  const { t } = useTexts()
  const [wanted, setWanted] = useState<Wanted>({
    name: '',
    member: null,
    days: 365,
    objects: [],
    fields: [],
    mayWrite: true,
    addresses: [],
  })
  const create = useDeed<object, string>(createDocument, 'createApiKey', ['apiKeys'])
  const set = (change: Partial<Wanted>) => setWanted(before => ({ ...before, ...change }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const expiresAt = wanted.days === null ? null : new Date(Date.now() + wanted.days * dayLength).toISOString()
    const { name, member, mayWrite, addresses } = wanted
    if (!create.isPending)
      create.mutate({ name, member, expiresAt, mayWrite, addresses, objects: objectsOf(wanted) }, { onSuccess: onDone })
  }
  const [wrongName, wrongAddress] = [wrongAt(create.error, 'name'), wrongAt(create.error, 'addresses')]
  return (
    <form className="account-form" onSubmit={submit} noValidate aria-label={t('apiKeys.new')}>
      {create.error && !wrongName && !wrongAddress && (
        <div className="wide">
          <Problem title={failureText(create.error, t)} />
        </div>
      )}
      <Labelled className="labelled" id="key-name" label={t('apiKeys.name')} error={wrongName}>
        <Input id="key-name" maxLength={100} value={wanted.name} onChange={event => set({ name: event.target.value })} />
      </Labelled>
      <Labelled className="labelled" id="key-days" label={t('apiKeys.days')} help={t('apiKeys.daysHelp')}>
        <InputNumber id="key-days" min={1} max={3650} precision={0} value={wanted.days} onChange={days => set({ days })} />
      </Labelled>
      {!isOwn && <OwnerChoice value={wanted.member} onChange={member => set({ member })} />}
      <LimitInputs wanted={wanted} set={set} wrongAddress={wrongAddress} />
      <div className="wide account-switch">
        <Checkbox checked={!wanted.mayWrite} onChange={event => set({ mayWrite: !event.target.checked })}>
          {t('apiKeys.onlyRead')}
        </Checkbox>
      </div>
      <div className="wide account-buttons">
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('apiKeys.create')}
        </Button>
      </div>
    </form>
  )
}

/** Whom a key acts as: oneself, or a service account. */
function OwnerChoice({ value, onChange }: { value: string | null; onChange: (member: string | null) => void }) {
  const { t } = useTexts()
  const { member } = useApp()
  const { data } = usePeople()
  const options = [
    { value: member.id, label: member.name },
    ...(data ?? []).filter(person => person.service && person.active).map(person => ({ value: person.id, label: person.name })),
  ]
  return (
    <Labelled className="labelled" id="key-owner" label={t('apiKeys.owner')} help={t('apiKeys.ownerHelp')}>
      <Select id="key-owner" options={options} value={value ?? member.id} onChange={chosen => onChange(chosen)} />
    </Labelled>
  )
}

interface LimitInputsProps {
  wanted: Wanted
  set: (change: Partial<Wanted>) => void
  wrongAddress: string | undefined
}

/** What a key is held to: objects, fields, networks. */
function LimitInputs({ wanted, set, wrongAddress }: LimitInputsProps) {
  const { t } = useTexts()
  const label = useLabel()
  const { model } = useApp()
  const objects = Object.values(model.objects).map(object => ({ value: object.name, label: label(object.pluralLabel) }))
  const fields = wanted.objects.flatMap(object =>
    Object.values(model.objects[object]?.fields ?? {}).map(field => ({
      value: `${object}.${field.name}`,
      label: `${label(model.objects[object]?.label)} › ${label(field.definition.label)}`,
    })),
  )
  return (
    <>
      <Labelled className="labelled" id="key-objects" label={t('apiKeys.objects')} help={t('apiKeys.objectsHelp')}>
        <Select
          id="key-objects"
          mode="multiple"
          options={objects}
          optionFilterProp="label"
          value={[...wanted.objects]}
          onChange={chosen => set({ objects: chosen })}
        />
      </Labelled>
      {fields.length > 0 && (
        <Labelled className="labelled" id="key-fields" label={t('apiKeys.fields')} help={t('apiKeys.fieldsHelp')}>
          <Select
            id="key-fields"
            mode="multiple"
            options={fields}
            optionFilterProp="label"
            value={[...wanted.fields]}
            onChange={chosen => set({ fields: chosen })}
          />
        </Labelled>
      )}
      <Labelled
        className="labelled"
        id="key-addresses"
        label={t('apiKeys.addresses')}
        help={t('apiKeys.addressesHelp')}
        error={wrongAddress}
      >
        <Select
          id="key-addresses"
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[',', ' ']}
          value={[...wanted.addresses]}
          onChange={chosen => set({ addresses: chosen })}
        />
      </Labelled>
    </>
  )
}
