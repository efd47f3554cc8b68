import { describe, expect, it } from 'vitest'
import { start } from '../../../hospital.fixture.ts'
import { message } from '../index.ts'
import {
  alive,
  ask,
  asked,
  cancel,
  claim,
  claimed,
  close,
  deferred,
  ended,
  given,
  sent,
  stateAfter,
} from '../messages.fixture.ts'

const world = { 'patient/p': alive }
const ends = [
  sent(),
  ended('failed', 'rejected'),
  ended('cancelled', 'completed'),
  ended('skipped', 'stale'),
]

describe('a message', () => {
  it('is asked for once, however often it is asked for', () => {
    given()().when(ask()).gives(asked())
    given()(asked())
      .when(ask({ template: 'other' }))
      .givesNothing()
    for (const end of ends) given()(asked(), end).when(ask()).givesNothing()
  })

  it('may be kept back until a time, and be of no use after another', () => {
    const said = { notBefore: '2026-03-02T10:00:00.000Z', until: '2026-03-03T00:00:00.000Z' }
    given()().when(ask(said)).gives(asked(said))
  })

  it.each([claim(), close('sent'), cancel])(
    'nobody asked for cannot be dealt with: $type',
    (command) => {
      given()().when(command).refuses('message.unknown')
    },
  )

  it('is claimed by one sender at a time, for a minute', () => {
    given(world)(asked()).when(claim()).gives(claimed())
    given(world, '2026-03-02T02:00:59.999Z')(asked(), claimed()).when(claim('t2')).givesNothing()
    given(world, '2026-03-02T02:01:00.000Z')(asked(), claimed())
      .when(claim('t2'))
      .gives(claimed({ token: 't2', expires: '2026-03-02T02:02:00.000Z' }))
  })

  it('is closed by the holder of its claim and by nobody else', () => {
    given()(asked(), claimed()).when(close('sent')).gives(sent())
    given()(asked(), claimed()).when(close('sent', 't2')).refuses('message.claim-lost')
    given()(asked()).when(close('sent')).refuses('message.claim-lost')
    const retaken = claimed({ token: 't2' })
    given()(asked(), claimed(), retaken).when(close('sent', 't1')).refuses('message.claim-lost')
  })

  it('may be closed late while nobody else has claimed it', () => {
    const late = '2026-03-02T03:00:00.000Z'
    given({}, late)(asked(), claimed()).when(close('sent')).gives(sent(late))
  })

  it('keeps the provider’s own id of it', () => {
    given()(asked(), claimed())
      .when(close('sent', 't1', { providerId: 'x-9' }))
      .gives({ type: 'message.sent', at: start, providerId: 'x-9' })
  })

  it('that can never arrive has failed at once', () => {
    given()(asked(), claimed()).when(close('rejected')).gives(ended('failed', 'rejected'))
  })

  it('is called off while it has not left', () => {
    given()(asked()).when(cancel).gives(ended('cancelled', 'completed'))
    given()(asked(), claimed()).when(cancel).gives(ended('cancelled', 'completed'))
  })

  it('that has ended stays as it is', () => {
    for (const end of ends) {
      given(world)(asked(), end).when(claim()).givesNothing()
      given()(asked(), end).when(cancel).givesNothing()
      given()(asked(), claimed(), end).when(close('sent')).refuses('message.claim-lost')
    }
  })
})

describe('a message that did not get through', () => {
  const minutes = [1, 5, 30, 120, 720]
  const inMinutes = (n: number) => new Date(Date.parse(start) + n * 60_000).toISOString()
  const tries = (n: number) =>
    Array.from({ length: n }, () => [claimed(), deferred(start, 'try-later')])
      .flat()
      .slice(0, -1)

  it.each(minutes.map((pause, at) => [at + 1, pause]))(
    'is tried again: after attempt %i in %i minutes',
    (attempt, pause) => {
      for (const outcome of ['try-later', 'unknown']) {
        given()(asked(), ...tries(attempt))
          .when(close(outcome))
          .gives(deferred(inMinutes(pause), outcome))
      }
    },
  )

  it('is given up after the sixth attempt, and says why', () => {
    given()(asked(), ...tries(6))
      .when(close('try-later'))
      .gives(ended('failed', 'gave-up-after-try-later'))
    given()(asked(), ...tries(6))
      .when(close('unknown'))
      .gives(ended('failed', 'gave-up-after-unknown'))
    expect(stateAfter(asked(), ...tries(6))).toMatchObject({ attempts: 6 })
  })

  it('counts a claim that ran out as an attempt', () => {
    expect(stateAfter(asked(), claimed(), claimed({ token: 't2' }))).toMatchObject({ attempts: 2 })
  })
})

describe('what is due', () => {
  const due = (...events: Parameters<typeof stateAfter>) =>
    message
      .entries?.(stateAfter(...events), 'm')
      .filter(({ index }) => index === 'due')
      .map(({ order }) => order)

  it('is a message from when it may go, a claimed one when its claim runs out, an ended one never', () => {
    expect(due(asked())).toEqual([start])
    expect(due(asked(), claimed())).toEqual(['2026-03-02T02:01:00.000Z'])
    expect(due(asked(), claimed(), deferred('2026-03-02T03:00:00.000Z', 'try-later'))).toEqual([
      '2026-03-02T03:00:00.000Z',
    ])
    for (const end of ends) expect(due(asked(), claimed(), end)).toEqual([])
  })

  it('is found under whoever it is for, and under whoever got it once that is known', () => {
    const inbox = (...events: Parameters<typeof stateAfter>) =>
      message
        .entries?.(stateAfter(...events), 'm')
        .filter(({ index }) => index === 'to')
        .map(({ equals }) => equals[0])
    expect(inbox(asked())).toEqual(['patient/p'])
    expect(inbox(asked({ to: { headOf: 'li' } }))).toEqual(['headOf/li'])
    expect(inbox(asked(), claimed({ recipient: 'patient/s' }))).toEqual(['patient/s'])
    expect(inbox(asked(), claimed({ recipient: 'patient/s' }), sent())).toEqual(['patient/s'])
  })
})
