import type { Door } from '../../kernel/door.ts'
import { everyPage, page } from '../../kernel/paging.ts'
import type { Heard } from '../../ports/channel.ts'
import { message, outsideName } from '../../slices/messages/index.ts'
import { ReceiptCode } from '../../slices/messages/schema.ts'
import { patient } from '../../slices/patients/index.ts'

type Receipt = Extract<Heard, { type: 'receipt' }>
type Reply = Extract<Heard, { type: 'reply' }>

/** What hearing did. */
export interface Hearing {
  /** The keys of receipts whose message is known here. */
  readonly receipts: readonly string[]
  /** For how many persons consent was withdrawn. */
  readonly withdrawn: number
}

/** Where the crm is told what a channel has heard. */
export const hearingDesk = (door: Door) => {
  const messageOf = async (channel: string, providerId: string) => {
    const equals = [[outsideName(channel, providerId)]]
    return (await door.list(message, { index: 'outside', equals, limit: 1 })).items[0]?.id
  }

  const record = async (channel: string, { key, providerId, arrived, code }: Receipt) => {
    const id = await messageOf(channel, providerId)
    if (id === undefined) return []
    const said = { arrived, code: ReceiptCode.safeParse(code).data }
    if (arrived !== undefined)
      await door.run(
        message,
        { type: 'record-receipt', message: id, ...said },
        { cause: `heard:${channel}:${key}` },
      )
    return [key]
  }

  /** Everybody whose telephone or number at the channel it is. */
  const whoHave = async (forms: readonly string[]) => {
    const words = await Promise.all(
      forms.flatMap((form) =>
        (['phone', 'identifier'] as const).map(async (as) => (await door.blind(as, form))[0]),
      ),
    )
    const equals = [[...new Set(words)].filter((word) => word !== undefined)]
    if (equals[0]?.length === 0) return []
    const found = await everyPage((after) =>
      door.list(patient, { index: 'word', equals, ...page({ limit: 100, after }) }),
    )
    return [...new Set(found.map(({ id }) => id))]
  }

  const withdraw = async (channel: string, { key, from, stop }: Reply, purpose: string) => {
    const persons = stop ? await whoHave(from) : []
    for (const id of persons) {
      const cause = `stop:${channel}:${key}:${purpose}:${id}`
      const said = { type: 'record-consent', patient: id, purpose, allowed: false }
      await door.run(patient, said, { cause })
    }
    return persons.length
  }

  return {
    /**
     * Takes what a channel has heard: receipts are recorded with their messages, and an answer that says stop
     * withdraws the consent of everybody who has its address, for all purposes unless one is named. Other
     * answers are left to the host. Hearing the same again changes nothing.
     */
    hear: async (
      channel: string,
      heard: readonly Heard[],
      { purpose = '*' }: { readonly purpose?: string } = {},
    ): Promise<Hearing> => {
      const receipts: string[] = []
      let withdrawn = 0
      for (const one of heard) {
        if (one.type === 'receipt') receipts.push(...(await record(channel, one)))
        else withdrawn += await withdraw(channel, one, purpose)
      }
      return { receipts, withdrawn }
    },
  }
}
