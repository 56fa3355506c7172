import type { Profile } from '@tessera/platform/access/profile.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { useRightsTexts } from '../builder/rights-texts.js'
import { coverageOf, levelOf } from '../builder/role-coverage.js'
import { seenFields } from '../fields/selection.js'

/** The fields of an object of which roles say how far they are open. */
export const matrixFields = (object: ObjectModel): FieldModel[] =>
  seenFields(object).filter(field => !field.system || field.name === 'owner')

/** Which records of an object a role sees and changes, in words; one word where it is none. */
export function useCoverageTexts(profile: Profile, object: string): readonly string[] {
  const { t } = useRightsTexts()
  const [seen, changed] = [coverageOf(profile, 'read', object), coverageOf(profile, 'update', object)]
  if (seen === 'none') return [t('coverage.none')]
  return [
    t('matrix.sees', { what: t(`coverage.${seen}`) }),
    changed === 'none' ? t('matrix.readsOnly') : t('matrix.changes', { what: t(`coverage.${changed}`) }),
  ]
}

/** How far a field is open to a role, in a word. */
export function FieldLevelText({ profile, object, field }: { profile: Profile; object: string; field: FieldModel }) {
  const { t } = useRightsTexts()
  if (!Object.hasOwn(profile.objects, object)) return <span className="quiet">—</span>
  const level = levelOf(profile, object, field)
  return <span className={level === 'edit' ? 'quiet' : `matrix-level ${level}`}>{t(`level.${level}`)}</span>
}
