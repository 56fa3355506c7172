import { chinesePlaces, foreignPlaces, type Place } from './names.js'
import type { Random } from './random.js'

/** A company of the demo data, invented; several may carry the brand of one group. */
export interface Company {
  readonly name: string
  readonly legalName: string
  readonly brand: string
  /** For its domain, always under `.example`. */
  readonly domain: string
  readonly industry: string
  readonly place: Place
  readonly isChinese: boolean
}

const chineseBrands =
  'yunshu:云枢 qilan:启澜 zesheng:泽昇 langmu:朗沐 hengyue:衡岳 lifeng:砺锋 muhe:沐禾 hanyuan:瀚渊 jinghuan:景桓 lingyu:翎羽 yuchuan:御川 hengli:恒砺 qingyu:青屿 jiasui:嘉穗 mingqiao:铭桥 xingque:星阙 yuemo:越陌 zhixu:知序 wangshu:望舒 songlan:松岚 haiyan:海砚 yuan:予安 boyuan:泊远 shenghe:晟禾 lumingchuan:鹿鸣川 baiyu:白榆 jiangfeng:江枫 cangyan:沧岩 shiguang:拾光 beichenlan:北辰澜 xinwan:新湾 runtang:润棠 boyi:博屹 chenhua:宸桦 zhenyue:臻岳 huicheng:汇澄 yuanxiu:远岫 tongxi:同曦 zhuoyan:卓衍 lingxi:凌汐 hongli:弘栎 ruihuan:瑞桓 tianzhe:天柘 mingyan:明砚 jinlan:锦澜 chuanhe:川禾'
    .split(' ')
    .map(pair => pair.split(':') as [string, string])

const chineseTrades: Readonly<Record<string, readonly string[]>> = {
  manufacturing: ['精密制造', '重工', '机械', '智造', '汽车零部件', '模具'],
  electronics: ['电子', '半导体', '光电'],
  software: ['软件', '信息技术'],
  technology: ['科技', '智能科技'],
  retail: ['商贸', '连锁超市'],
  logistics: ['物流', '供应链', '冷链'],
  food: ['食品', '乳业', '饮料'],
  medical: ['医疗器械', '生物医药'],
  education: ['教育'],
  energy: ['能源', '新能源', '电力设备'],
  construction: ['建设工程', '建材'],
  agriculture: ['农业', '种业'],
  tourism: ['文旅', '酒店管理'],
  government: ['水务', '城市公用'],
}
const chineseForms = ['有限公司', '有限公司', '股份有限公司', '集团有限公司', '（中国）有限公司']

const foreignBrands =
  'Halvorsen Brightwater Kestrel Oakhaven Nordvik Castellan Fenwick Larkspur Ashgrove Silverbirch Thornbury Redmaple Ironbridge Lindenau Valmora Quillon Harrowgate Stormvik Eastmere Bluefen Corvella Tamsin Wexcombe Maravelle Orlovian Pinecrest_&_Daughters Juniper_Hollow Saltmarsh Grünwald Deverell'
    .split(' ')
    .map(brand => brand.replaceAll('_', ' '))
const foreignTrades: Readonly<Record<string, readonly string[]>> = {
  manufacturing: ['Industries', 'Precision Tools', 'Engineering'],
  electronics: ['Electronics', 'Photonics'],
  software: ['Software', 'Systems'],
  technology: ['Robotics', 'Labs'],
  retail: ['Stores'],
  logistics: ['Logistics', 'Freight and Cold Storage'],
  food: ['Foods', 'Breweries'],
  medical: ['Medical', 'Biosciences'],
  energy: ['Energy', 'Wind Power'],
  construction: ['Building Materials'],
  marketing: ['Media'],
  telecommunications: ['Telecom'],
  services: ['Consulting'],
  finance: ['Insurance'],
  tourism: ['Hotels'],
}
const foreignForms: Readonly<Record<string, readonly string[]>> = {
  Germany: ['GmbH', 'AG', 'GmbH & Co. KG'],
  France: ['SAS', 'SA'],
  'United Kingdom': ['Ltd', 'plc'],
  Sweden: ['AB'],
  'United States': ['Inc.', 'LLC', 'Corporation'],
  Canada: ['Inc.'],
  Australia: ['Pty Ltd'],
}

const domainOf = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

function chineseCompany(random: Random): Company {
  const [latin, brand] = random.pick(chineseBrands)
  const industry = random.pick(Object.keys(chineseTrades))
  const trade = random.pick(chineseTrades[industry] ?? ['科技'])
  const place = random.pick(chinesePlaces)
  const name = random.chance(0.35) ? `${place.city}${brand}${trade}` : `${brand}${trade}`
  return {
    name,
    legalName: `${place.city}${brand}${trade}${random.pick(chineseForms)}`,
    brand,
    domain: `${latin}.example`,
    industry,
    place,
    isChinese: true,
  }
}

function foreignCompany(random: Random): Company {
  const brand = random.pick(foreignBrands)
  const industry = random.pick(Object.keys(foreignTrades))
  const trade = random.pick(foreignTrades[industry] ?? ['Group'])
  const place = random.pick(foreignPlaces)
  const name = `${brand} ${trade}`
  return {
    name,
    legalName: `${name} ${random.pick(foreignForms[place.country] ?? ['Ltd'])}`,
    brand,
    domain: `${domainOf(brand)}.example`,
    industry,
    place,
    isChinese: false,
  }
}

/** Draws a company that is not among those taken yet. */
export function company(random: Random, taken: Set<string>, isChinese: boolean): Company {
  for (;;) {
    const drawn = isChinese ? chineseCompany(random) : foreignCompany(random)
    if (taken.has(drawn.name)) continue
    taken.add(drawn.name)
    return drawn
  }
}

/** A well-formed unified social credit code (GB 32100-2015) in an area that does not exist. */
export function creditCode(number: number): string {
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
  const body = `91990000MA${String(number * 7919)
    .padStart(6, '0')
    .slice(-6)}X`.slice(0, 17)
  const sum = [...body].reduce((total, letter, index) => total + letters.indexOf(letter) * (weights[index] ?? 0), 0)
  return `${body}${letters[(31 - (sum % 31)) % 31]}`
}
