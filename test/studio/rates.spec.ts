import { describe, expect, it } from '@jest/globals'
import { byCurrency, linesOf, problemsOf } from '../../studio/builder/rates.js'

const read = (text: string) =>
  linesOf(text, 'CNY').map(({ number, rate, problem }) => [number, rate.currency, rate.day, rate.rate, problem])

describe('pasted exchange rates', () => {
  it('are read between tabs, semicolons, commas or blanks, with the days of spreadsheets', () =>
    expect(read('EUR\t2026-11-02\t7.8125\nusd;2026/1/2;7,1\n\nGBP,2026-01-31,9.1\r\nJPY 2026年3月4日 0.0481')).toEqual([
      [1, 'EUR', '2026-11-02', '7.8125', null],
      [2, 'USD', '2026-01-02', '7.1', null],
      [4, 'GBP', '2026-01-31', '9.1', null],
      [5, 'JPY', '2026-03-04', '0.0481', null],
    ]))

  it('may have a head', () => expect(read('Currency\tDay\tRate\nEUR\t2026-11-02\t7.8')).toEqual([[2, 'EUR', '2026-11-02', '7.8', null]]))

  it('say of each line what is wrong', () =>
    expect(
      read('EURO 2026-11-02 7.8\nEUR 2026-02-30 7.8\nEUR 2026-02-03 0\nCNY 2026-02-03 1\nEUR 7.8\nEUR 2026-02-03 1e3').map(line => line[4]),
    ).toEqual(['rates.badCurrency', 'rates.badDay', 'rates.badRate', 'rates.isBase', 'rates.badLine', 'rates.badRate']))
})

it('a rate without anything has something wrong with each part', () =>
  expect(Object.keys(problemsOf({ currency: '', day: '', rate: '' }, 'CNY'))).toEqual(['currency', 'day', 'rate']))

it('rates stand by currency, each newest first as they came', () => {
  const rate = (currency: string, day: string) => ({ currency, day, rate: '1' })
  expect(byCurrency([rate('USD', '2026-02-01'), rate('EUR', '2026-02-01'), rate('USD', '2026-01-01')])).toEqual([
    ['EUR', [rate('EUR', '2026-02-01')]],
    ['USD', [rate('USD', '2026-02-01'), rate('USD', '2026-01-01')]],
  ])
})
