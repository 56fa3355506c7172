/** Currencies whose smallest unit is not a hundredth, by its decimals. Source: ISO 4217 list one. */
const unlike: Readonly<Record<number, readonly string[]>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '),
  3: 'BHD IQD JOD KWD LYD OMR TND'.split(' '),
}

/** The decimals of a currency's smallest unit: 2 unless ISO 4217 says otherwise. */
export const minorUnits = (code: string): number => Number(Object.entries(unlike).find(([, codes]) => codes.includes(code))?.[0] ?? 2)

/** Currencies by decimals, for those that have not two. */
export const unlikeMinorUnits: readonly (readonly [number, readonly string[]])[] = Object.entries(unlike).map(
  ([decimals, codes]) => [Number(decimals), codes] as const,
)
