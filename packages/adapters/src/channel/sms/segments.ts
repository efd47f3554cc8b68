/** The basic characters of GSM 03.38; each takes one septet. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'

/** The characters of its extension table; each takes two, which no segment may divide. */
const extended = '\f^{}\\[~]|€'

const septets = new Map([
  ...[...basic].map((each) => [each, 1] as const),
  ...[...extended].map((each) => [each, 2] as const),
])

/** How many units fit into a message of one segment, and into each of several, whose headers take room. */
const room = { 'gsm-7': { alone: 160, each: 153 }, 'ucs-2': { alone: 70, each: 67 } } as const

/** What a text message costs: its alphabet, its length in that alphabet's units, and the segments it is cut into. */
export interface Segments {
  readonly encoding: 'gsm-7' | 'ucs-2'
  readonly units: number
  readonly segments: number
}

/** Counts by 3GPP TS 23.038 and 23.040. A single character outside GSM-7 makes the whole text UCS-2. */
export const segmentsOf = (text: string): Segments => {
  const characters = [...text]
  const encoding = characters.every((each) => septets.has(each)) ? 'gsm-7' : 'ucs-2'
  const sizes = characters.map((each) =>
    encoding === 'gsm-7' ? (septets.get(each) ?? 0) : each.length,
  )
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { alone, each } = room[encoding]
  if (units <= alone) return { encoding, units, segments: 1 }
  let segments = 1
  let filled = 0
  for (const size of sizes) {
    if (filled + size > each) {
      segments += 1
      filled = 0
    }
    filled += size
  }
  return { encoding, units, segments }
}
