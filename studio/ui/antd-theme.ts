import { type ThemeConfig, theme } from 'antd'
import type { Mode, Palette } from './theme.js'

const brand = (p: Palette): ThemeConfig['token'] => ({
  colorPrimary: p.accent,
  colorPrimaryHover: p.accentHover,
  colorPrimaryActive: p.accentActive,
  colorPrimaryBg: p.selected,
  colorPrimaryText: p.link,
  colorLink: p.link,
  colorLinkHover: p.link,
  colorInfo: p.link,
  colorError: p.error,
  colorErrorText: p.error,
  colorSuccess: p.success,
  colorWarning: p.warning,
  colorTextLightSolid: p.onAccent,
})

const surfaces = (p: Palette): ThemeConfig['token'] => ({
  colorText: p.text,
  colorTextHeading: p.text,
  colorTextSecondary: p.text2,
  colorTextTertiary: p.text3,
  colorTextDescription: p.text3,
  colorTextPlaceholder: p.text3,
  colorTextQuaternary: p.disabled,
  colorIcon: p.text3,
  colorIconHover: p.text,
  colorBgBase: p.bg,
  colorBgContainer: p.bg,
  colorBgLayout: p.layout,
  colorBgElevated: p.elevated,
  colorBorder: p.border,
  colorBorderSecondary: p.borderSoft,
  colorSplit: p.borderSoft,
  colorFillTertiary: p.hover,
  colorFillSecondary: p.hover,
  controlItemBgHover: p.hover,
  controlItemBgActive: p.selected,
  controlItemBgActiveHover: p.selected,
})

const measures = (p: Palette, compact: boolean, touch: boolean): ThemeConfig['token'] => ({
  fontFamily: 'var(--font)',
  fontSize: compact ? 13 : 14,
  fontSizeSM: 12,
  fontSizeLG: 15,
  fontSizeHeading1: 24,
  fontSizeHeading2: 20,
  fontSizeHeading3: 17,
  fontSizeHeading4: 15,
  fontWeightStrong: 600,
  lineHeight: 1.5,
  borderRadius: 6,
  borderRadiusSM: 4,
  borderRadiusLG: 8,
  controlHeight: touch ? 44 : compact ? 28 : 32,
  controlHeightSM: touch ? 36 : 24,
  controlHeightLG: 40,
  controlOutlineWidth: 2,
  boxShadow: p.shadowPop,
  boxShadowSecondary: p.shadowPop,
  boxShadowTertiary: p.shadow,
  motionDurationFast: '0.08s',
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.18s',
})

const inputs = (p: Palette): ThemeConfig['components'] => ({
  Form: { labelColor: p.text2, labelFontSize: 13, verticalLabelPadding: '0 0 4px', itemMarginBottom: 16 },
  Checkbox: { colorBorder: p.control },
  Radio: { colorBorder: p.control },
  Input: { colorBorder: p.input },
  InputNumber: { colorBorder: p.input },
  Select: { colorBorder: p.input, optionSelectedBg: p.selected, optionActiveBg: p.hover, optionSelectedFontWeight: 500 },
  DatePicker: { colorBorder: p.input },
  Rate: { starColor: p.warning, starBg: p.control },
  Segmented: { trackBg: p.hover, itemSelectedBg: p.elevated },
})

const containers = (p: Palette, compact: boolean): ThemeConfig['components'] => ({
  Table: {
    headerBg: p.bg,
    headerColor: p.text3,
    headerSplitColor: 'transparent',
    headerSortActiveBg: p.bg,
    bodySortBg: p.bg,
    rowHoverBg: p.hover,
    rowSelectedBg: p.selected,
    rowSelectedHoverBg: p.selected,
    borderColor: p.borderSoft,
    cellFontSizeSM: 13,
    cellPaddingBlockSM: compact ? 5 : 8,
    cellPaddingInlineSM: 10,
    headerBorderRadius: 0,
    selectionColumnWidth: 40,
  },
  Tabs: {
    titleFontSize: 13,
    horizontalItemPadding: '10px 0',
    horizontalItemGutter: 20,
    itemColor: p.text2,
    itemSelectedColor: p.text,
    inkBarColor: p.accent,
  },
  Menu: { itemHeight: 30, itemBg: 'transparent', itemSelectedBg: p.hover, itemSelectedColor: p.text, iconSize: 16 },
  Tag: { defaultBg: p.hover, defaultColor: p.text2 },
  Card: { headerHeight: 44, headerHeightSM: 40, headerFontSize: 14, bodyPadding: 16, bodyPaddingSM: 12, headerBg: 'transparent' },
  Modal: { contentBg: p.elevated, headerBg: p.elevated, titleFontSize: 16, borderRadiusLG: 12 },
  Drawer: { paddingLG: 20 },
})

const buttons = (p: Palette): ThemeConfig['components'] => ({
  Button: {
    fontWeight: 500,
    primaryShadow: 'none',
    defaultShadow: 'none',
    dangerShadow: 'none',
    contentFontSize: 13,
    contentFontSizeSM: 13,
    defaultHoverBg: p.hover,
    defaultHoverColor: p.text,
    defaultHoverBorderColor: p.border,
    textHoverBg: p.hover,
    paddingInline: 12,
  },
})

/** antd's theme of a palette; `compact` is the member's density, `touch` makes every target big enough for a thumb, `still` leaves out motion. */
export const themeOf = (p: Palette, mode: Mode, compact: boolean, touch = false, still = false): ThemeConfig => ({
  algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
  cssVar: { key: 'tessera' },
  hashed: false,
  token: { ...brand(p), ...surfaces(p), ...measures(p, compact, touch), motion: !still },
  components: { ...inputs(p), ...containers(p, compact), ...buttons(p) },
})
