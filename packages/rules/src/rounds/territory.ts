import * as z from 'zod'

const Name = z.string().min(1)

/** An administrative code of an address after GB/T 2260: two digits a province, four a city, six a county. */
export const AreaCode = z.string().regex(/^\d{2}(\d{2}(\d{2})?)?$/)

/** One region that teams are responsible for: the areas it consists of, each with its road distance. */
export const Region = z.strictObject({
  region: Name,
  /** Kilometres by road from the hospital, by code; the longest code that fits an address decides. */
  areas: z.record(AreaCode, z.number().min(0)),
})
export type Region = z.infer<typeof Region>

/** How far a hospital drives, and into which regions its land is divided. */
export const Territory = z.strictObject({
  regions: z.array(Region).min(1),
  /** Whoever lives farther away is called instead. */
  withinKm: z.number().positive(),
})
export type Territory = z.infer<typeof Territory>

/** Where a home visit would go. `unassigned`: nobody has said which region the address is in. */
export interface Place {
  readonly region: string
  readonly km: number | null
  readonly by: 'visit' | 'phone'
}

export const unassigned = 'unassigned'

const lengths = [6, 4, 2]

/** The region and distance of an address, by its administrative code. */
export const placeOf = ({ regions, withinKm }: Territory, area: string | undefined): Place => {
  for (const length of lengths) {
    const code = area?.slice(0, length)
    if (code?.length !== length) continue
    for (const { region, areas } of regions) {
      const km = Object.hasOwn(areas, code) ? areas[code] : undefined
      if (km !== undefined) return { region, km, by: km > withinKm ? 'phone' : 'visit' }
    }
  }
  return { region: unassigned, km: null, by: 'visit' }
}
