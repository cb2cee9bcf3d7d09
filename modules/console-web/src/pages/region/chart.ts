/** What of ECharts this page uses; only this lazily loaded route pulls it in. Drawn as SVG, so that text stays text. */
import { CustomChart, LineChart, MapChart, ScatterChart } from 'echarts/charts'
import { GeoComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { init, registerMap, use, type EChartsType } from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { onBeforeUnmount, onMounted, shallowRef, watchEffect, type Ref } from 'vue'

use([
  CustomChart,
  LineChart,
  MapChart,
  ScatterChart,
  GeoComponent,
  GridComponent,
  TooltipComponent,
  LabelLayout,
  SVGRenderer,
])
export { registerMap }

type Option = Parameters<EChartsType['setOption']>[0]

/** Keeps a chart in an element, as wide as that is, drawn anew when what it shows changes. */
export function useChart(
  element: Ref<HTMLElement | null>,
  option: () => Option | null,
  clicked: (name: string) => void,
): Ref<EChartsType | null> {
  const chart = shallowRef<EChartsType | null>(null)
  let watching: ResizeObserver | undefined
  onMounted(() => {
    if (!element.value) return
    const made = init(element.value, null, { renderer: 'svg' })
    made.on('click', (event) => clicked(String((event as { name?: unknown }).name ?? '')))
    watching = new ResizeObserver(() => made.resize())
    watching.observe(element.value)
    chart.value = made
  })
  watchEffect(() => {
    const shown = option()
    if (chart.value && shown) chart.value.setOption(shown, { notMerge: true, lazyUpdate: false })
  })
  onBeforeUnmount(() => {
    watching?.disconnect()
    chart.value?.dispose()
  })
  return chart
}
