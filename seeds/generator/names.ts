import type { Random } from './random.js'

/** A person of the demo data, invented. */
export interface Person {
  readonly name: string
  /** For the local part of an e-mail address. */
  readonly latin: string
  readonly isChinese: boolean
}

const split = (text: string): readonly (readonly [string, string])[] =>
  text.split(' ').map(pair => {
    const [latin = '', name = ''] = pair.split(':')
    return [latin, name] as const
  })

const surnames = split(
  'wang:王 li:李 zhang:张 liu:刘 chen:陈 yang:杨 zhao:赵 huang:黄 zhou:周 wu:吴 xu:徐 sun:孙 hu:胡 zhu:朱 gao:高 lin:林 he:何 guo:郭 ma:马 luo:罗 liang:梁 song:宋 zheng:郑 xie:谢 han:韩 tang:唐 feng:冯 dong:董 xiao:萧 cheng:程 shen:沈 lu:陆 jiang:蒋 cai:蔡 du:杜 ding:丁 wei:魏 xue:薛 ye:叶 yan:阎 fan:范 fang:方 shi:石 ouyang:欧阳 shangguan:上官 zhuge:诸葛',
)
const givens = split(
  'jianguo:建国 wei:伟 fang:芳 min:敏 jing:静 lei:磊 yan:燕 qiang:强 jun:军 ting:婷 haoran:浩然 zihan:子涵 yutong:雨桐 siyuan:思远 xinyi:欣怡 zhiqiang:志强 meiling:美玲 xiaofeng:晓峰 wenjing:文静 jiahao:家豪 yuxuan:宇轩 shiqi:诗琪 minghui:明辉 haiyan:海燕 guoliang:国良 yating:雅婷 junjie:俊杰 ruoxi:若曦 chenxi:晨曦 zeyu:泽宇 lihua:丽华 dawei:大为 shuya:舒雅 tianyu:天宇 xiuying:秀英 bo:波 peng:鹏 na:娜 xia:霞 kai:凯 yihan:艺涵 muchen:沐辰 anqi:安琪 yiming:一鸣 zhenghao:正豪 wanqing:婉清',
)
const first =
  'Amelia Oliver Lena Jonas Sofia Mateo Ingrid Lars Priya Arjun Hana Kenji Chloe Lucas Freya Noah Camille Hugo Elena Marco Aisha Omar Grace Daniel Nadia Viktor Maya Ethan Zoe Samuel Isla Felix Marta Pavel Leila Tomas Clara Henrik Rosa Diego Anneliese Maximilian'.split(
    ' ',
  )
const last =
  'Novak Fischer Lindgren Halvorsen Moreau Rossi Okafor Tanaka Sharma Patel Brandt Keller Dubois Svensson Kowalski Almeida Carter Bennett Hughes Osei Petrov Larsen Vargas Mendes Nakamura Haddad Wójcik Byrne Fraser Costa Weber Jensen Ivanova Baker Sinclair Montgomery Vandenberg Featherstonehaugh'.split(
    ' ',
  )

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase()

/** Draws an invented person. */
export function person(random: Random, isChinese: boolean): Person {
  if (isChinese) {
    const [surname, given] = [random.pick(surnames), random.pick(givens)]
    return { name: `${surname[1]}${given[1]}`, latin: `${given[0]}.${surname[0]}`, isChinese }
  }
  const [given, family] = [random.pick(first), random.pick(last)]
  return { name: `${given} ${family}`, latin: `${plain(given)}.${plain(family.replace('ó', 'o'))}`, isChinese }
}

/** A place with its telephone numbers, all from blocks that no one is given. */
export interface Place {
  readonly city: string
  readonly country: string
  readonly region: string
  readonly currency: string
  readonly mobile: (number: number) => string
}

const tail = (number: number, digits: number): string => String(number % 10 ** digits).padStart(digits, '0')
const places = (region: string, country: string, currency: string, mobile: Place['mobile'], cities: string): Place[] =>
  cities.split(' ').map(city => ({ city: city.replaceAll('_', ' '), country, region, currency, mobile }))

/** Mainland numbers begin with 169 000, which is not assigned. */
const mainland = (number: number): string => `169000${tail(number, 5)}`

export const chinesePlaces: readonly Place[] = [
  ...places('east', '中国', 'CNY', mainland, '上海 杭州 苏州 南京 宁波 无锡 合肥 青岛 济南 厦门'),
  ...places('south', '中国', 'CNY', mainland, '深圳 广州 东莞 佛山 珠海 南宁'),
  ...places('north', '中国', 'CNY', mainland, '北京 天津 沈阳 大连 石家庄 哈尔滨'),
  ...places('west', '中国', 'CNY', mainland, '成都 重庆 西安 武汉 昆明 贵阳 乌鲁木齐'),
]

/** Numbers that the regulators of these countries keep for fiction. */
export const foreignPlaces: readonly Place[] = [
  ...places('europe', 'Germany', 'EUR', number => `+493023125${tail(number, 3)}`, 'Berlin Hamburg Stuttgart'),
  ...places('europe', 'France', 'EUR', number => `+33199001${tail(number, 3)}`, 'Lyon Nantes'),
  ...places('europe', 'United Kingdom', 'GBP', number => `+447700900${tail(number, 3)}`, 'Leeds Bristol Glasgow'),
  ...places('europe', 'Sweden', 'EUR', number => `+468465004${tail(number, 2)}`, 'Gothenburg Stockholm'),
  ...places('americas', 'United States', 'USD', number => `+1202555${tail(100 + (number % 100), 4)}`, 'Austin Chicago Seattle Columbus'),
  ...places('americas', 'Canada', 'USD', number => `+1613555${tail(100 + (number % 100), 4)}`, 'Toronto Vancouver'),
  ...places('apac', 'Australia', 'USD', number => `+6135550${tail(number, 4)}`, 'Melbourne Brisbane'),
]
