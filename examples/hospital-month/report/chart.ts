import type { Chart } from '@hospital-crm/rules'
import { BarChart, FunnelChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([BarChart, FunnelChart, LineChart, PieChart, GridComponent, LegendComponent, SVGRenderer])

/** A report's chart as SVG, drawn without a browser. */
export const drawn = ({ tooltip: _, ...chart }: Chart, width = 640, height = 260): string => {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width, height })
  drawing.setOption({ animation: false, ...chart })
  const svg = drawing.renderToSVGString()
  // Or its clock keeps the process from ending.
  drawing.dispose()
  return svg
}
