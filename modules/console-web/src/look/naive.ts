import type { GlobalThemeOverrides } from 'naive-ui'
import { fontStack, tokens, type ThemeName } from './tokens'

/** Naive UI dressed in our tokens. */
export function naiveOverrides(theme: ThemeName): GlobalThemeOverrides {
  const t = tokens[theme]
  const focus = `0 0 0 2px ${t.bg1}, 0 0 0 4px ${t.brand}`
  return {
    common: {
      fontFamily: fontStack,
      fontSize: '13px',
      borderRadius: '6px',
      borderRadiusSmall: '4px',
      primaryColor: t.brand,
      primaryColorHover: t.brandHover,
      primaryColorPressed: t.brandHover,
      primaryColorSuppl: t.brand,
      errorColor: t.sev4.mark,
      warningColor: t.sev3.mark,
      successColor: t.ok,
      infoColor: t.brand,
      bodyColor: t.bg0,
      cardColor: t.bg1,
      modalColor: t.bg1,
      popoverColor: t.bg1,
      tableColor: t.bg1,
      inputColor: t.bg1,
      inputColorDisabled: t.bg2,
      textColorBase: t.t1,
      textColor1: t.t1,
      textColor2: t.t1,
      textColor3: t.t2,
      placeholderColor: t.t3,
      iconColor: t.t2,
      borderColor: t.line2,
      dividerColor: t.line,
      hoverColor: t.bg3,
      boxShadow1: 'none',
      boxShadow2: theme === 'dark' ? '0 8px 28px rgba(0,0,0,.5)' : '0 6px 24px rgba(15,40,48,.16)',
      boxShadow3: theme === 'dark' ? '0 8px 28px rgba(0,0,0,.5)' : '0 6px 24px rgba(15,40,48,.16)',
    },
    Button: {
      fontWeight: '600',
      textColorPrimary: t.onBrand,
      textColorHoverPrimary: t.onBrand,
      textColorPressedPrimary: t.onBrand,
      textColorFocusPrimary: t.onBrand,
      textColorDisabledPrimary: t.onBrand,
      heightMedium: '32px',
      heightSmall: '28px',
      heightLarge: '44px',
      fontSizeLarge: '15px',
      border: `1px solid ${t.line2}`,
    },
    Input: {
      border: `1px solid ${t.line2}`,
      borderHover: `1px solid ${t.brand}`,
      borderFocus: `1px solid ${t.brand}`,
      boxShadowFocus: focus,
      heightMedium: '32px',
      heightLarge: '44px',
      caretColor: t.brand,
      fontSizeLarge: '15px',
    },
    // The library leaves a dark select without any edge, so that nothing tells it from a line of text.
    InternalSelection: {
      border: `1px solid ${t.line2}`,
      borderHover: `1px solid ${t.brand}`,
      borderActive: `1px solid ${t.brand}`,
      borderFocus: `1px solid ${t.brand}`,
      boxShadowActive: focus,
      boxShadowFocus: focus,
    },
    Checkbox: { border: `1px solid ${t.line2}`, checkMarkColor: t.onBrand, sizeMedium: '16px' },
    Dropdown: { padding: '4px', color: t.bg1 },
    Skeleton: { color: t.bg3, colorEnd: t.bg2 },
  }
}
