import type { AppDefinition } from '../definitions/app.js'
import type { FormDefinition } from '../definitions/form.js'
import type { NavigationDefinition } from '../definitions/navigation.js'
import type { ObjectDefinition, ValidationDefinition, ValidationEvent } from '../definitions/object.js'
import type { OptionSetDefinition } from '../definitions/option-set.js'
import type { PageDefinition } from '../definitions/page.js'
import type { ReportDefinition } from '../definitions/report.js'
import type { ActionName, FieldLevel, RoleDefinition } from '../definitions/role.js'
import type { TemplateDefinition } from '../definitions/template.js'
import type { ViewDefinition } from '../definitions/view.js'
import type { WorkflowDefinition } from '../definitions/workflow.js'
import type { ValueClass } from '../fields/classes.js'
import type { FieldDefinition, RollupFunction } from '../fields/definition.js'
import type { FieldType } from '../fields/field.js'
import type { MaskDefinition } from '../fields/masks.js'
import type { Label } from '../label.js'
import type { CheckedRule } from '../rules/rule.js'
import type { ComputedField } from './computed-model.js'
import type { Sometimes } from './former.js'
import type { JunctionModel, ThroughModel } from './junction-model.js'

/** A column of a field: what it holds, its PostgreSQL name (kept for life) and type. */
export interface ColumnModel {
  /** The key of its value: `amount`, `partnerId`, `priceCurrency`. */
  readonly key: string
  readonly name: string
  readonly type: string
}

/** What becomes of records that point at a deleted one: they keep it, read as empty, go too, rise in their tree, or go over to another. */
export type DeleteRule = 'restrict' | 'setNull' | 'cascade' | 'lift' | 'reassign'

/** How a field points at another record; `to` is null for members. */
export interface RelationModel {
  readonly kind: 'lookup' | 'masterDetail' | 'hierarchy' | 'member'
  readonly to: string | null
  readonly onDelete: DeleteRule
}

/** Where the currency of an amount stands: in the workspace, in a column of the record, of its parent, or its own. */
export type CurrencySource =
  | { readonly from: 'workspace' }
  | { readonly from: 'record' | 'own'; readonly column: ColumnModel }
  | { readonly from: 'parent'; readonly object: string; readonly column: ColumnModel; readonly key: ColumnModel }

/** What a rollup is made of: children, which of them, and which of their values. */
export interface RollupModel {
  readonly function: RollupFunction
  /** The object of the children and their field that points at the parent. */
  readonly object: string
  readonly relation: string
  /** All records under the parent in its tree count, not its own children alone; it itself does not. */
  readonly tree?: boolean
  /** The field that is taken; null where children are only counted. */
  readonly field: string | null
  /** Which children count; null is all. It reads fields of the child alone. */
  readonly where: CheckedRule | null
  /** The field that orders them, for first, last and concat. */
  readonly by: string | null
  /** Of amounts that may stand in other currencies than the rollup: where a child's currency and the day of its rate stand. */
  readonly money: {
    /** The key of the child's currency; null is the workspace's. */
    readonly currency: string | null
    /** The child's field with the day. */
    readonly day: string
  } | null
}

/** A value that is written beside a change of state. */
export interface EffectModel {
  readonly field: string
  readonly key: string
  readonly rule: CheckedRule
}

/** A way from some states of a record to another. */
export interface TransitionModel {
  readonly name: string
  readonly label: Label
  readonly from: readonly string[]
  readonly to: string
  /** Who may take it: any of these suffices; with none of them everybody who may change the record. */
  readonly who: { readonly roles: readonly string[]; readonly owner: boolean; readonly userKey: string | null } | null
  readonly when: CheckedRule | null
  readonly message: Label | null
  readonly hint: Label | null
  /** Fields that have to have a value, and those that its form asks for, by name. */
  readonly requires: readonly string[]
  readonly form: readonly string[]
  readonly confirm: Label | null
  readonly comment: 'required' | 'optional' | null
  readonly set: readonly EffectModel[]
  /** How many seconds a record has been in its state when this is taken by itself; 0 is as soon as the guard holds, null is never. */
  readonly automatic: number | null
}

/** What holds of a record while it is in a state. */
export interface StateModel {
  /** Fields and lines that may change, by name; null is all. */
  readonly editable: ReadonlySet<string> | null
  /** How long it may stay, in seconds; null is for ever. */
  readonly limit: number | null
  readonly enter: readonly EffectModel[]
  readonly leave: readonly EffectModel[]
}

/** The states of a select field and the ways between them. */
export interface StatesModel {
  readonly initial: readonly string[]
  readonly transitions: readonly TransitionModel[]
  readonly states: Readonly<Record<string, StateModel>>
  /** The field that says since when a record is in its state. */
  readonly since: string
}

/** The rules of one field, checked: how it behaves beside what other fields hold. */
export interface FieldRules {
  readonly visible: CheckedRule | null
  readonly required: CheckedRule | null
  readonly readOnly: CheckedRule | null
  /** What a new record begins with. */
  readonly default: CheckedRule | null
  readonly help: readonly { readonly when: CheckedRule; readonly help: Label }[]
  /** Under which rule an option can be chosen, by its value. */
  readonly options: Readonly<Record<string, CheckedRule>>
}

/** A field of a record, linked. */
export interface FieldModel {
  readonly name: string
  readonly object: string
  readonly label: Label
  readonly type: FieldType
  readonly class: ValueClass
  readonly definition: FieldDefinition
  /** The name of its value in records: `partnerId` for a relation `partner`, else its own. */
  readonly key: string
  readonly columns: readonly ColumnModel[]
  readonly relation: RelationModel | null
  /** One of the fields that every record has, such as `createdAt`. */
  readonly system: boolean
  readonly writable: boolean
  /** The rule of a formula. */
  readonly rule: CheckedRule | null
  /** Of a rollup: what it is made of. */
  readonly rollup: RollupModel | null
  /** Of an amount: its currency. Of a derived field `<money>Currency`: where it is read. */
  readonly currency: CurrencySource | null
  /** It is read at the end of a relation of its record: that relation, and the field there. */
  readonly along?: { readonly relation: string; readonly field: string }
  /** It points at a record of one of these objects, which its companion `<name>Type` names. */
  readonly targets?: readonly string[]
  /** It names the object of what this polymorphic field points at. */
  readonly typeOf?: string
  /** It only shows the currency of this amount. */
  readonly currencyOf: string | null
  /** Of a select: the ways between its options, when it may not change otherwise. */
  readonly states?: StatesModel
  /** In the model of a caller: how its values are shown to them, and whether they may see one whole on demand. */
  readonly masked?: MaskDefinition
  readonly revealable?: boolean
  /** It only says since when a record is in its state of this field. */
  readonly sinceOf?: string
  /** Its rules; absent where it has none. */
  readonly rules?: FieldRules
}

/** Records of another object that point at this one. */
export interface ChildModel {
  readonly name: string
  readonly label: Label
  readonly object: string
  /** The field of the child that points here. */
  readonly field: string
  /** Its records are lines: made, changed and deleted with their parent. */
  readonly owned: boolean
  /** Its field may point at other objects too: what stands in the companion when it points here. */
  readonly pointsAs?: { readonly field: string; readonly object: string }
  /** They are reached over links, which are records of a junction; then `object` is the other end and `field` the many-to-many. */
  readonly through?: ThroughModel
  /** Of links, where they are defined: how they behave beside what the fields of their record hold. */
  readonly rules?: FieldRules
  /** Of links, where they are defined: there is at least one. */
  readonly required?: boolean
}

/** A value that a message names: `{amount}`, `{partner.name}`. */
export interface MergeModel {
  readonly path: readonly string[]
  readonly field: FieldModel
  /** Reads it, so that what stands along relations is loaded as for any rule. */
  readonly read: CheckedRule
}

export interface ValidationModel {
  readonly name: string
  readonly at: readonly string[]
  readonly message: Label
  readonly hint: Label | null
  readonly on: readonly ValidationEvent[]
  readonly isWarning: boolean
  readonly must: CheckedRule
  /** What its message names in braces, by what stands between them. */
  readonly merges: Readonly<Record<string, MergeModel>>
  /** The relations whose records are locked before it is judged; `id` is the record itself. */
  readonly lock: readonly string[]
  readonly definition: ValidationDefinition
}

export interface ObjectModel extends Sometimes {
  readonly name: string
  readonly plural: string
  readonly label: Label
  readonly pluralLabel: Label
  readonly icon: string
  /** The field that names a record to people. */
  readonly title: string
  readonly hasOwner: boolean
  readonly table: string
  readonly fields: Readonly<Record<string, FieldModel>>
  readonly children: Readonly<Record<string, ChildModel>>
  /** The field that points at the parent, of an owned child. */
  readonly detail: FieldModel | null
  readonly rules: readonly ValidationModel[]
  readonly definition: ObjectDefinition
  /** It was not defined: it holds the links of a many-to-many. */
  readonly junction?: JunctionModel
}

export interface ViewModel {
  readonly name: string
  readonly definition: ViewDefinition
  readonly where: CheckedRule | null
}

export interface ReportModel {
  readonly name: string
  readonly definition: ReportDefinition
  readonly where: CheckedRule | null
}

export interface WorkflowModel {
  readonly name: string
  readonly definition: WorkflowDefinition
  readonly when: CheckedRule | null
}

export interface GrantModel {
  readonly actions: ReadonlySet<string>
  readonly records: CheckedRule | null
  /** The records that it covers for one action, in the place of `records`. */
  readonly recordsFor: Readonly<Partial<Record<ActionName, CheckedRule>>>
  readonly fields: Readonly<Record<string, FieldLevel>>
}

/** What a role takes away. */
export interface RestrictionModel {
  readonly actions: ReadonlySet<string>
  /** The records on which the actions are withheld; null is all of them. */
  readonly records: CheckedRule | null
  readonly fields: Readonly<Record<string, FieldLevel>>
}

export interface RoleModel {
  readonly name: string
  readonly admin: boolean
  readonly definition: RoleDefinition
  /** Grants by object, `*` resolved. */
  readonly grants: Readonly<Record<string, GrantModel>>
  /** What it takes away, by object, `*` resolved. */
  readonly restrict: Readonly<Record<string, RestrictionModel>>
}

/** All definitions of a workspace, checked and linked; frozen. */
export interface Model {
  readonly app: AppDefinition | null
  readonly objects: Readonly<Record<string, ObjectModel>>
  /** Every computed field that is kept, each behind those that it reads. */
  readonly computed: readonly ComputedField[]
  readonly optionSets: Readonly<Record<string, OptionSetDefinition>>
  /** Objects to start from; nothing of them lives. */
  readonly templates: Readonly<Record<string, TemplateDefinition>>
  readonly forms: Readonly<Record<string, FormDefinition>>
  readonly pages: Readonly<Record<string, PageDefinition>>
  readonly views: Readonly<Record<string, ViewModel>>
  readonly reports: Readonly<Record<string, ReportModel>>
  readonly workflows: Readonly<Record<string, WorkflowModel>>
  readonly roles: Readonly<Record<string, RoleModel>>
  readonly navigation: Readonly<Record<string, NavigationDefinition>>
}
