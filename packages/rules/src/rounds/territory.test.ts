import { describe, expect, it } from 'vitest'
import { placeOf, Territory } from './territory.ts'

const territory = Territory.parse({
  withinKm: 300,
  regions: [
    { region: 'city', areas: { '3203': 30, '320311': 8 } },
    { region: 'north', areas: { '37': 320, '370481': 90 } },
  ],
})

describe('the place of a home visit', () => {
  it.each([
    ['320311', { region: 'city', km: 8, by: 'visit' }],
    ['320305', { region: 'city', km: 30, by: 'visit' }],
    ['370481', { region: 'north', km: 90, by: 'visit' }],
    ['370102', { region: 'north', km: 320, by: 'phone' }],
    ['110101', { region: 'unassigned', km: null, by: 'visit' }],
    ['32', { region: 'unassigned', km: null, by: 'visit' }],
    [undefined, { region: 'unassigned', km: null, by: 'visit' }],
  ])('of %s is found by the longest code that fits', (area, place) => {
    expect(placeOf(territory, area)).toEqual(place)
  })
})
