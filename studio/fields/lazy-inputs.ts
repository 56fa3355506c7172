import { lazy } from 'react'

// Lists show values long before anyone types one: what is only needed to type comes when it is first opened.
export const ChoiceInput = lazy(() => import('./choice-input.js').then(module => ({ default: module.ChoiceInput })))
export const ChoiceFilterValue = lazy(() => import('./choice-input.js').then(module => ({ default: module.ChoiceFilterValue })))
export const UserInput = lazy(() => import('./user-input.js').then(module => ({ default: module.UserInput })))
export const UserFilterValue = lazy(() => import('./user-input.js').then(module => ({ default: module.UserFilterValue })))
export const CurrencyInput = lazy(() => import('./currency-input.js').then(module => ({ default: module.CurrencyInput })))
export const CurrencyFilterValue = lazy(() => import('./currency-input.js').then(module => ({ default: module.CurrencyFilterValue })))
export const LookupInput = lazy(() => import('./lookup-input.js').then(module => ({ default: module.LookupInput })))
export const LookupFilterValue = lazy(() => import('./lookup-input.js').then(module => ({ default: module.LookupFilterValue })))
export const DateInput = lazy(() => import('./date-picker.js'))
export const MomentInput = lazy(() => import('./date-picker.js').then(module => ({ default: module.MomentInput })))
export const DateFilterValue = lazy(() => import('./date-filter.js').then(module => ({ default: module.DateFilterValue })))
export const RatingInput = lazy(() => import('./rating-input.js').then(module => ({ default: module.RatingInput })))
export const TagsInput = lazy(() => import('./tags-input.js').then(module => ({ default: module.TagsInput })))
export const TagsFilterValue = lazy(() => import('./tags-input.js').then(module => ({ default: module.TagsFilterValue })))
export const Markdown = lazy(() => import('./markdown.js').then(module => ({ default: module.Markdown })))
export const MarkdownInput = lazy(() => import('./markdown-input.js').then(module => ({ default: module.MarkdownInput })))
export const RichText = lazy(() => import('./rich-text-shown.js').then(module => ({ default: module.RichText })))
export const RichTextInput = lazy(() => import('./rich-text-input.js').then(module => ({ default: module.RichTextInput })))
export const FilesInput = lazy(() => import('./files-input.js').then(module => ({ default: module.FilesInput })))
export const FileInput = lazy(() => import('./file-input.js').then(module => ({ default: module.FileInput })))
export const PolymorphicFilterValue = lazy(() =>
  import('./polymorphic-input.js').then(module => ({ default: module.PolymorphicFilterValue })),
)
export const PolymorphicInput = lazy(() => import('./polymorphic-input.js').then(module => ({ default: module.PolymorphicInput })))
