import { days, record, ref, type SeedRecord } from './record.js'

/** A product as orders and opportunities use it; the price in whole yuan. */
export interface Product {
  readonly key: string
  readonly name: string
  readonly price: number
  readonly isSold: boolean
}

const categoryTable = `
HW|硬件 Hardware|
HW-GW|采集网关 Gateways|HW
HW-SN|传感器 Sensors|HW
HW-HM|工业平板 Panels|HW
HW-AC|配件 Accessories|HW
SW|软件 Software|
SW-PF|数据平台 Data platform|SW
SW-AN|分析模块 Analytics|SW
SV|服务 Services|
SV-IM|实施与培训 Delivery and training|SV
SV-SP|运维支持 Support|SV`

/** code | name | category | kind | unit | price | cost | tax % | stock; `-` is empty, `!` discontinued, `?` draft. */
const productTable = `
GW-100|边缘采集网关 G1|HW-GW|goods|piece|3200|1850|13|148
GW-200|边缘采集网关 G2|HW-GW|goods|piece|6800|3700|13|86
GW-210|边缘采集网关 G2 Pro（双网口，宽温）|HW-GW|goods|piece|9800|5200|13|42
GW-300|Edge Gateway X3|HW-GW|goods|piece|15600|8300|13|17
GW-310|Edge Gateway X3 Cellular|HW-GW|goods|piece|17900|9600|13|9
GW-050|边缘采集网关 G0!|HW-GW|goods|piece|1980|1400|13|3
SN-T01|温湿度传感器 T1|HW-SN|goods|piece|260|118|13|1250
SN-V02|振动传感器 V2|HW-SN|goods|piece|1480|690|13|320
SN-V03|Vibration Sensor V3 Wireless|HW-SN|goods|piece|2350|1120|13|164
SN-P01|压力变送器 P1|HW-SN|goods|piece|890|410|13|275
SN-E01|三相电能表 E1|HW-SN|goods|piece|1280|640|13|190
SN-L01|液位传感器 L1|HW-SN|goods|piece|760|352|13|96
SN-C01|CO₂ and Air Quality Sensor|HW-SN|goods|piece|980|430|13|58
SN-K01|传感器开发套件（含 12 种传感器、网关和示例代码）|HW-SN|goods|set|5600|3100|13|14
HM-10|10.1 寸工业平板|HW-HM|goods|piece|4200|2650|13|64
HM-15|15.6 寸工业平板|HW-HM|goods|piece|6900|4300|13|31
HM-15R|Rugged Panel 15R|HW-HM|goods|piece|11800|7200|13|12
HM-21|21.5 寸车间看板|HW-HM|goods|piece|8600|5600|13|22
AC-PW1|24V 导轨电源|HW-AC|goods|piece|320|150|13|410
AC-AN1|外置天线套装|HW-AC|goods|set|180|62|13|530
AC-CB5|M12 Cable 5 m|HW-AC|goods|piece|95|31|13|1800
AC-CB1|M12 线缆 10 米|HW-AC|goods|piece|150|52|13|920
AC-BX1|防护机箱 IP65|HW-AC|goods|piece|1260|610|13|75
PF-STD|数据平台年度订阅（标准版）|SW-PF|subscription|year|38000|6000|6|-
PF-ENT|数据平台年度订阅（企业版）|SW-PF|subscription|year|98000|14000|6|-
PF-ONP|数据平台私有部署许可|SW-PF|software|licence|260000|32000|13|-
PF-USR|Additional User, Yearly|SW-PF|subscription|year|1200|100|6|-
PF-DEV|设备接入授权（100 台）|SW-PF|software|licence|15000|1200|13|-
AN-PDM|预测性维护模块|SW-AN|software|licence|86000|9000|13|-
AN-OEE|OEE 分析模块|SW-AN|software|licence|52000|6000|13|-
AN-ENG|Energy Insight Module|SW-AN|software|licence|48000|5500|13|-
AN-QUA|质量追溯模块|SW-AN|software|licence|64000|7000|13|-
AN-TWN|数字孪生可视化?|SW-AN|software|licence|120000|26000|13|-
IM-STD|实施服务|SV-IM|service|day|2400|1300|6|-
IM-SNR|Senior Solution Architect|SV-IM|service|day|4200|2300|6|-
IM-TRN|现场培训（一天，最多 20 人）|SV-IM|service|day|6000|2600|6|-
IM-MIG|历史数据迁移|SV-IM|service|set|28000|15000|6|-
SP-BAS|运维支持（5×8）|SV-SP|subscription|year|18000|7500|6|-
SP-PRM|Premium Support 24×7|SV-SP|subscription|year|46000|19000|6|-
SP-CAL|传感器年度校准|SV-SP|service|piece|120|55|6|-`

const rows = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map(line => line.split('|'))

/** The tree of categories. */
export const categories = (): SeedRecord[] =>
  rows(categoryTable).map(([code = '', name = '', parent]) =>
    record({ $key: code, name, code, parent: parent ? ref('productCategory', parent) : undefined, active: true }),
  )

const cleanName = (name: string): string => name.replace(/[!?]$/, '')

/** The products, with what lines need to know of them. */
export function products(): { records: SeedRecord[]; list: Product[] } {
  const table = rows(productTable)
  const list = table.map(([code = '', name = '', , , , price]) => ({
    key: code,
    name: cleanName(name),
    price: Number(price),
    isSold: !/[!?]$/.test(name),
  }))
  return { list, records: table.map(productRecord) }
}

function productRecord(row: readonly string[], index: number): SeedRecord {
  const [code = '', name = '', category = '', kind = '', unit = '', price = '', cost = '', tax = '', stock = '-'] = row
  const status = name.endsWith('!') ? 'discontinued' : name.endsWith('?') ? 'draft' : 'active'
  return record({
    $key: code,
    name: cleanName(name),
    code,
    barcode: kind === 'goods' && index % 3 !== 1 ? `2000000${String(index + 1).padStart(6, '0')}` : undefined,
    category: ref('productCategory', category),
    status,
    kind,
    unit,
    series: code.split('-')[0],
    price,
    cost,
    taxRate: tax === '6' ? '0.06' : '0.13',
    stock: stock === '-' ? undefined : Number(stock),
    serialTracked: category === 'HW-GW' || category === 'HW-HM',
    activeFrom: days(-1400 + index * 31),
    activeTo: status === 'discontinued' ? days(-95) : undefined,
    specification: specifications[category],
  })
}

const specifications: Readonly<Record<string, string>> = {
  'HW-GW': '接口：2×RS485，1×RJ45，4×DI\n协议：Modbus、OPC UA、MQTT\n工作温度：-20 ℃ 至 60 ℃',
  'HW-SN': 'Output: RS485 / 4–20 mA\nProtection: IP65\nCalibration: yearly',
  'HW-HM': '触控：电容十点\n系统：Linux\n安装：嵌入式或 VESA',
  'SW-PF': 'Includes onboarding, backups and all minor updates.',
}
