import { describe, expect, it } from 'vitest'
import {
  admitted,
  at,
  cancelDischarge,
  changed,
  corrected,
  discharge,
  dischargeCancelled,
  discharged,
  given,
  leftAtTwelve,
  opened,
  update,
} from './encounters.fixture.ts'
import { encounter } from './index.ts'

describe('a discharge', () => {
  it('is recorded with where it was from and who was in charge', () => {
    given(opened({ admittedAt: at(8), department: 'A', attending: 'li' }), admitted(8))
      .when(discharge(12, { disposition: '1', attending: 'wang' }))
      .gives(
        changed({ attending: 'wang' }),
        discharged(12, { disposition: '1', department: 'A', attending: 'wang' }),
      )
  })

  it('lies after the admission', () => {
    given(opened({ admittedAt: at(8) }), admitted(8))
      .when(discharge(7))
      .refuses('encounter.discharged-before-admitted')
    given()
      .when(discharge(7, { admittedAt: at(8) }))
      .refuses('encounter.discharged-before-admitted')
    given(opened({ admittedAt: at(8) }), admitted(8))
      .when(discharge(8))
      .gives(discharged(8))
  })

  it('may set both times right at once', () => {
    given(opened({ admittedAt: at(8) }), admitted(8))
      .when(discharge(7, { admittedAt: at(6) }))
      .gives(changed({ admittedAt: at(6) }), admitted(6), discharged(7))
    given(...leftAtTwelve)
      .when(discharge(15, { admittedAt: at(13) }))
      .gives(changed({ admittedAt: at(13) }), admitted(13), corrected(12, 15))
  })

  it('told again changes nothing', () => {
    given(...leftAtTwelve)
      .when(discharge(12))
      .givesNothing()
    given(...leftAtTwelve)
      .when(discharge(12, { admittedAt: at(8) }))
      .givesNothing()
  })

  it.each([
    [{ disposition: '5' }],
    [{ attending: 'wang' }],
    [{ department: 'B' }],
    [{ class: 'day-case' }],
  ])('told again with %j is a correction', (said) => {
    const [details] = Object.entries(said).filter(([name]) => name !== 'disposition')
    const admission = 'class' in said ? [admitted(8, said)] : []
    given(...leftAtTwelve)
      .when(discharge(12, said))
      .gives(...(details ? [changed(said)] : []), ...admission, corrected(12, 12, said))
  })

  it('at another time, earlier or later, is a correction', () => {
    given(...leftAtTwelve)
      .when(discharge(11))
      .gives(corrected(12, 11))
    given(...leftAtTwelve)
      .when(discharge(13))
      .gives(corrected(12, 13))
  })

  it('is corrected by an update of whatever concerns its follow-up', () => {
    const past = [...leftAtTwelve]
    given(...past)
      .when(update({ attending: 'wang' }))
      .gives(changed({ attending: 'wang' }), corrected(12, 12, { attending: 'wang' }))
    given(...past)
      .when(update({ department: 'B' }))
      .gives(changed({ department: 'B' }), corrected(12, 12, { department: 'B' }))
    given(...past)
      .when(update({ bed: '3' }))
      .gives(changed({ bed: '3' }))
    given(...past)
      .when(update({}))
      .givesNothing()
  })

  it('is taken back, and the same one told again stays so', () => {
    given(...leftAtTwelve)
      .when(cancelDischarge(13))
      .gives(dischargeCancelled(13, 12))
    const back = [...leftAtTwelve, dischargeCancelled(13, 12)]
    given(...back)
      .when(discharge(12))
      .givesNothing()
    given(...back)
      .when(cancelDischarge(13))
      .givesNothing()
    expect(back.reduce(encounter.evolve, { status: 'none' })).toMatchObject({
      status: 'in-progress',
      undone: [at(12)],
    })
  })

  it('entered anew at the same time after it was taken back stands, and an echo of the first changes nothing', () => {
    const back = [
      ...[opened({ admittedAt: at(8) }), admitted(8), discharged(12, { statedAt: at(12) })],
      dischargeCancelled(13, 12, { statedAt: at(13) }),
    ]
    const again = discharged(12, { statedAt: at(14) })
    given(...back)
      .when(discharge(12, { recordedAt: at(14) }))
      .gives(again)
    for (const past of [back, [...back, again]]) {
      given(...past)
        .when(discharge(12, { recordedAt: at(12) }))
        .givesNothing()
    }
  })

  it('after one that was taken back is a new one, be it earlier or later', () => {
    const back = [...leftAtTwelve, dischargeCancelled(13, 12)]
    given(...back)
      .when(discharge(14))
      .gives(discharged(14))
    given(...back)
      .when(discharge(11))
      .gives(discharged(11))
    given(...back, discharged(14))
      .when(cancelDischarge(15))
      .gives(dischargeCancelled(15, 14))
  })

  it('whose cancellation came first is told and taken back at once', () => {
    const ahead = [opened(), dischargeCancelled(13)]
    given(...ahead)
      .when(discharge(12))
      .gives(discharged(12), dischargeCancelled(13, 12))
    given(...ahead)
      .when(cancelDischarge(13))
      .givesNothing()
    given(...ahead)
      .when(discharge(14))
      .gives(discharged(14))
    const both = [...ahead, discharged(12), dischargeCancelled(13, 12)]
    given(...both)
      .when(discharge(12))
      .givesNothing()
    given(...both)
      .when(discharge(11))
      .gives(discharged(11))
  })
})
