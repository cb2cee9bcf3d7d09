/** Colours of the design language, one set per theme. Everything that draws (CSS, Naive UI, map, charts) takes them from here. */
export type ThemeName = 'light' | 'dark'

export interface SeverityColours {
  mark: string
  text: string
  tint: string
}

export interface Tokens {
  bg0: string
  bg1: string
  bg2: string
  bg3: string
  t1: string
  t2: string
  t3: string
  line: string
  line2: string
  brand: string
  brandHover: string
  brandSoft: string
  onBrand: string
  selected: string
  ok: string
  okSoft: string
  sev4: SeverityColours
  sev3: SeverityColours
  sev2: SeverityColours
  sev1: SeverityColours
  /** Dark edge of the diamond on light ground. */
  sev2Edge: string
  moving: string
  stopped: string
  offline: string
  riskBlue: string
  riskYellow: string
  riskOrange: string
  riskRed: string
  series: string[]
  /** From little to much. */
  sequential: string[]
  mapWater: string
  mapLand: string
  mapOther: string
  mapProvince: string
  mapOuter: string
  mapLabel: string
  trail: string
}

export const tokens: Record<ThemeName, Tokens> = {
  light: {
    bg0: '#EEF2F3',
    bg1: '#FFFFFF',
    bg2: '#F6F8F9',
    bg3: '#E6ECEE',
    t1: '#132227',
    t2: '#465A61',
    t3: '#586A70',
    line: '#D5DDE0',
    line2: '#84959B',
    brand: '#0B6E75',
    brandHover: '#095A60',
    brandSoft: '#DDF0F0',
    onBrand: '#FFFFFF',
    selected: '#E3F2F2',
    ok: '#0B7A57',
    okSoft: '#DDF2EA',
    sev4: { mark: '#C4122F', text: '#B00F2A', tint: '#FBE1E4' },
    sev3: { mark: '#D95F00', text: '#A94A00', tint: '#FDE8D5' },
    sev2: { mark: '#EFC11A', text: '#7A5B00', tint: '#FBF1CF' },
    sev1: { mark: '#2F6FDB', text: '#1F57B5', tint: '#E5EEFC' },
    sev2Edge: '#7A5B00',
    moving: '#0B8E96',
    stopped: '#5E7480',
    offline: '#7C8A90',
    riskBlue: '#2F6FDB',
    riskYellow: '#E3B505',
    riskOrange: '#EE7B1A',
    riskRed: '#C4122F',
    series: ['#0E4A50', '#2F8FA3', '#8FCFD0', '#5B6770', '#7E57B8', '#C9B6E8'],
    sequential: ['#E3F0EE', '#B9DAD6', '#85BDBB', '#4B9A9C', '#1F7278', '#0B474D'],
    mapWater: '#DCE7EA',
    mapLand: '#F7F9F8',
    mapOther: '#EBF0F1',
    mapProvince: '#B9C6CB',
    mapOuter: '#7F9299',
    mapLabel: '#51656C',
    trail: '#132227',
  },
  dark: {
    bg0: '#0A1216',
    bg1: '#111C21',
    bg2: '#17252B',
    bg3: '#203139',
    t1: '#E9F1F3',
    t2: '#A9BCC3',
    t3: '#8CA1A9',
    line: '#263941',
    line2: '#5C7680',
    brand: '#35BDBD',
    brandHover: '#5BD3D1',
    brandSoft: '#12363A',
    onBrand: '#04191B',
    selected: '#123439',
    ok: '#4FC79A',
    okSoft: '#12362B',
    sev4: { mark: '#FF4A55', text: '#FF858C', tint: '#481820' },
    sev3: { mark: '#FF9736', text: '#FFB066', tint: '#40270F' },
    sev2: { mark: '#F2CE3C', text: '#F5D85F', tint: '#3A3110' },
    sev1: { mark: '#78AEFF', text: '#9CC4FF', tint: '#16294A' },
    sev2Edge: '#081014',
    moving: '#4FD0CC',
    stopped: '#A3B5BF',
    offline: '#667A83',
    riskBlue: '#5E9BF5',
    riskYellow: '#F2CE3C',
    riskOrange: '#FF9736',
    riskRed: '#FF4A55',
    series: ['#35BDBD', '#6F63D8', '#D5F5F0', '#23758C', '#B9A6F2', '#7C8B92'],
    sequential: ['#0B474D', '#1F7278', '#4B9A9C', '#85BDBB', '#B9DAD6', '#E3F0EE'],
    mapWater: '#081014',
    mapLand: '#142228',
    mapOther: '#0E191E',
    mapProvince: '#26383F',
    mapOuter: '#4A636D',
    mapLabel: '#8CA2AA',
    trail: '#FFFFFF',
  },
}

export const fontStack =
  '"Inter Variable", "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'

/** The same tokens as CSS custom properties: `sev4.mark` becomes `--sev4-mark`. */
export function cssVariables(theme: ThemeName): Record<string, string> {
  const out: Record<string, string> = {}
  const kebab = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase()
  for (const [name, value] of Object.entries(tokens[theme])) {
    if (typeof value === 'string') out[`--${kebab(name)}`] = value
    else if (Array.isArray(value)) value.forEach((v, i) => (out[`--${kebab(name)}${i + 1}`] = v))
    else for (const [part, v] of Object.entries(value)) out[`--${name}-${part}`] = v as string
  }
  return out
}

export type Severity = 1 | 2 | 3 | 4
export type RiskBand = 'blue' | 'yellow' | 'orange' | 'red'
export const SEVERITIES: readonly Severity[] = [4, 3, 2, 1]
export const RISK_BANDS: readonly RiskBand[] = ['red', 'orange', 'yellow', 'blue']

export const severityColours = (theme: ThemeName, severity: Severity): SeverityColours =>
  [tokens[theme].sev1, tokens[theme].sev2, tokens[theme].sev3, tokens[theme].sev4][severity - 1]
