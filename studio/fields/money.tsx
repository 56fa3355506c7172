import { formatAmount } from '@tessera/platform/fields/reading.js'
import { Banknote } from 'lucide-react'
import { useApp } from '../api/app.js'
import { type FieldFace, type InputProps, textContext } from './face.js'
import { integer } from './integer.js'
import { NumberInput } from './lazy-inputs.js'

const symbols = new Map<string, string>()

/** The narrow symbol of a currency: ¥ for CNY. */
export function symbolOf(currency: string): string {
  const known = symbols.get(currency)
  if (known !== undefined) return known
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(0)
  const symbol = parts.find(part => part.type === 'currency')?.value ?? currency
  symbols.set(currency, symbol)
  return symbol
}

function MoneyInput(props: InputProps) {
  const { currency, locale } = textContext(useApp(), props.field, props.record)
  return <NumberInput {...props} prefix={currency ? symbolOf(currency) : undefined} read={value => formatAmount(value, locale, currency)} />
}

export const money: FieldFace = { ...integer, icon: Banknote, width: 138, Input: MoneyInput, card: 'value' }
