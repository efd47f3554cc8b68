import type { Territory } from '../../rounds/territory.ts'

/**
 * The land within 300 km of Xuzhou in five regions, by GB/T 2260 codes. Distances are rounded road
 * kilometres from the city, meant as a beginning that the outreach office corrects.
 */
export const xuzhouTerritory: Territory = {
  withinKm: 300,
  regions: [
    {
      region: 'xuzhou',
      areas: {
        '3203': 20,
        '320321': 95,
        '320322': 75,
        '320324': 85,
        '320381': 125,
        '320382': 70,
      },
    },
    { region: 'lianyungang-suqian', areas: { '3207': 210, '3213': 120, '3208': 200, '3209': 300 } },
    { region: 'suzhou-huaibei', areas: { '3413': 85, '3406': 60, '3403': 170, '3412': 220 } },
    { region: 'shangqiu-heze', areas: { '4114': 150, '3717': 190 } },
    { region: 'zaozhuang-jining', areas: { '3704': 70, '3708': 150, '3713': 160, '3709': 230 } },
  ],
}
