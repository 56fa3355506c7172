import { days, keyOf, member, officeTime, record, ref, type SeedRecord, since } from './record.js'

type Status = 'planned' | 'running' | 'done' | 'cancelled'

/** A campaign as leads, opportunities and activities refer to it; days are counted from today. */
export interface Campaign {
  readonly key: string
  readonly name: string
  /** The source of the leads that it brings. */
  readonly type: string
  readonly status: Status
  readonly from: number
  readonly to: number
}

/** name | type | status | from | to | budget | expected leads | audience | costs as kind:item:planned:actual */
const rows = `
苏州智能制造展|exhibition|done|-318|-315|180000|60|华东制造企业设备负责人|space:展位租赁与搭建:96000:98500;material:样机与资料:28000:25600;travel:参展差旅:24000:26800
“设备联网入门”白皮书|website|done|-300|-230|36000|40|数字化项目经理|service:内容撰写与设计:24000:24000;media:行业媒体推送:12000:9800
搜索广告：数据采集网关|ads|done|-285|-200|120000|70|自动化工程师|media:搜索竞价:110000:116300;service:落地页制作:8000:8000
Hannover industry fair|exhibition|done|-262|-257|320000|50|European plant managers|space:Stand and construction:190000:204000;travel:Travel and hotels:70000:66400;material:Demo units and print:42000:39900
老客户推荐计划|referral|done|-250|-160|260000|25|已投产客户|other:推荐奖励:240000:228600
Energy savings webinar series|website|done|-225|-165|45000|35|Energy managers in Europe|service:Production and platform:28000:27300;media:Newsletter sponsoring:15000:15000
深圳电子装备展|exhibition|done|-206|-203|150000|55|华南电子厂|space:展位租赁与搭建:82000:81200;material:样机与资料:26000:27900;travel:参展差旅:21000:19400
渠道伙伴联合路演|partner|done|-170|-130|90000|30|系统集成商|travel:路演差旅:38000:42600;space:场地:30000:28800;material:资料与礼品:16000:14200
短视频：车间看板|social|done|-145|-90|50000|40|工厂管理者|service:拍摄与剪辑:26000:29800;media:投放:22000:21600
搜索广告：预测性维护|ads|running|-78|20|140000|80|设备维护主管|media:搜索竞价:120000:71400;service:落地页制作:9000:9000
上海工业互联网大会|exhibition|running|-24|12|200000|65|集团信息化负责人|space:展位租赁与搭建:120000:118000;material:样机与资料:30000:12600;travel:参展差旅:26000:
Cold chain monitoring campaign|social|running|-40|30|60000|30|Food and pharma logistics|media:Paid posts:42000:17800;service:Video production:15000:15000
新年客户答谢会|referral|planned|35|36|80000|20|重点客户|space:场地与餐饮:52000:;other:礼品:22000:
广州包装设备展|exhibition|cancelled|-60|-57|110000|40|包装设备厂商|space:展位定金:60000:12000
`
  .trim()
  .split('\n')
  .map(line => line.split('|') as [string, string, Status, string, string, string, string, string, string])

const owners = ['manager@demo.test', 'rep.east@demo.test', 'rep.west@demo.test']

/** The campaigns of the last year and a half. */
export const drawCampaigns = (): Campaign[] =>
  rows.map(([name, type, status, from, to], index) => ({
    key: keyOf('cmp', index + 1, 2),
    name,
    type,
    status,
    from: Number(from),
    to: Number(to),
  }))

/** The campaigns that a lead or opportunity of a source may have come of: those of that kind that ran not long before. */
export const campaignsOf = (campaigns: readonly Campaign[], source: unknown, day: number): readonly Campaign[] =>
  campaigns.filter(
    one => one.type === source && (one.status === 'running' || one.status === 'done') && day >= one.from && day <= one.to + 75,
  )

/** Three of four that a campaign may have brought say so. */
export function withCampaign(made: SeedRecord, campaigns: readonly Campaign[], day: number, number: number): SeedRecord {
  const [campaign] = number % 4 === 0 || made.campaign !== undefined ? [] : campaignsOf(campaigns, made.source, day)
  return campaign ? { ...made, campaign: ref('campaign', campaign.key) } : made
}

/** The records of the campaigns with their costs. */
export const campaignRecords = (campaigns: readonly Campaign[]): SeedRecord[] =>
  campaigns.map((campaign, index) => {
    const [, , , , , budget, expected, audience, costs] = rows[index] as (typeof rows)[number]
    const { status, from, to } = campaign
    return record({
      $key: campaign.key,
      name: campaign.name,
      type: campaign.type,
      status,
      statusSince: since(status === 'running' ? from : status === 'planned' ? 0 : Math.min(-1, to)),
      startsOn: days(from),
      endsOn: days(to),
      audience,
      budget,
      expectedLeads: Number(expected),
      owner: member(owners[index % owners.length] ?? ''),
      costs: costs.split(';').map((cost, place) => {
        const [kind = '', item = '', planned = '', actual = ''] = cost.split(':')
        return record({ item, kind, spentOn: days(from - 20 + place * 12), planned, actual: actual || undefined })
      }),
    })
  })

const tasks = ['确定预算与目标', '准备物料', '联系媒体与主办方', '跟进名单并分配', '活动复盘']

/** The work of the campaigns: done for those that ended, partly open for the others. */
export const campaignTasks = (campaigns: readonly Campaign[]): SeedRecord[] =>
  campaigns.flatMap((campaign, index) =>
    tasks.map((subject, place) => {
      const day = place < 3 ? campaign.from - 30 + place * 10 : campaign.to + (place - 2) * 5
      const isDone = campaign.status === 'done' || (day < 0 && campaign.status !== 'cancelled')
      const status = campaign.status === 'cancelled' ? 'cancelled' : isDone ? 'done' : 'open'
      return record({
        $key: `act-${campaign.key}-${place + 1}`,
        subject: `${campaign.name}：${subject}`,
        type: 'task',
        status,
        priority: place === 0 ? 'high' : 'normal',
        dueOn: days(day),
        doneAt: isDone ? days(Math.min(day, -1), officeTime(10 + place, 1)) : undefined,
        relatedTo: ref('campaign', campaign.key),
        owner: member(owners[index % owners.length] ?? ''),
      })
    }),
  )
