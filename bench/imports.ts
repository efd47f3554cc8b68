import type { Bench } from './measure.ts'
import type { OpenDatabase } from './yardstick/database.ts'
import { dischargeMessage } from './yardstick/discharge-message.ts'
import { withSides } from './yardstick/sides.ts'

/** Discharges as the intake desk takes them, 500 at a time, against the same rows by the bare driver. */
export const imports =
  (open: OpenDatabase): Bench =>
  ({ quick, measure }) =>
    withSides(open, async ({ crm, handOver, theirs, expectSame }) => {
      const discharges = 500
      let nth = 0
      const more = (count: number) => {
        nth += count
        return Array.from({ length: count }, (_, at) => dischargeMessage(nth - count + at))
      }
      let messages = more(quick ? 500 : 2000)
      const ours = async () => {
        const { taken } = await crm.intakes.take(messages)
        if (taken !== messages.length) throw new Error('discharges were not taken')
      }
      const handOverAndGoOn = () => {
        handOver()
        messages = more(discharges)
      }
      const check = async () => {
        await ours()
        handOverAndGoOn()
        await theirs()
        await expectSame()
      }
      await measure({
        name: `import of discharges, ${discharges} at a time`,
        yardstick: 'bare driver, the same rows by unnest',
        tells: 'speed',
        goal: 0.5,
        time: 'wall',
        count: discharges,
        unit: 'discharges',
        check,
        ours,
        handOver: handOverAndGoOn,
        theirs,
      })
      await expectSame()
    })
