import { describe, expect, it } from 'vitest'
import { packOf, refusalOf, someone, type TestCrm, testCrm } from './hospital.fixture.ts'
import { memoryChannel } from './memory/channel.ts'

const at = (day: number, hour = 10, minute = 0) =>
  new Date(Date.UTC(2026, 2, day, hour - 8, minute)).toISOString()

/** Dr Li of cardiology, headed by Dr Zhao, has one patient, discharged on the morning of 2 March. */
const hospital = async (setting: Parameters<typeof testCrm>[0] = {}) => {
  const made = await testCrm({ at: at(2), ...setting })
  const { crm } = made
  await crm.staff.defineUnit('cardio', { kind: 'department', name: '心内科', head: 'zhao' })
  for (const id of ['li', 'zhao', 'wang']) await crm.staff.enrol(id, { department: 'cardio' })
  const patient = await someone(crm, '1')
  await crm.encounters.discharge('V1', {
    patient,
    at: at(2, 9),
    attending: 'li',
    department: 'cardio',
  })
  return { ...made, patient }
}
const messagesOf = ({ store }: Pick<TestCrm, 'store'>) =>
  [...store.recordsOf('message')]
    .map(([id, state]) => {
      const { status, reason } = state as { status: string; reason?: string }
      return `${id} ${reason === undefined ? status : `${status}: ${reason}`}`
    })
    .sort()
const inbox = async ({ crm }: Pick<TestCrm, 'crm'>, who: string) =>
  (await crm.messages.to(who)).items.map(({ id }) => id).sort()
/** Works every so many hours until a day of March, on every crm at once. */
const workUntil = async (day: number, hours: number, ...all: TestCrm[]) => {
  const [first] = all
  for (let now = first?.clock.now() ?? new Date(0); now.toISOString() < at(day); ) {
    now = new Date(now.getTime() + hours * 3_600_000)
    for (const { clock } of all) clock.set(now.toISOString())
    await Promise.all(all.map(({ crm }) => crm.work()))
  }
}

const month = [
  ...[1, 2, 3].flatMap((level) =>
    [1, 2, 3].map((tier) => `escalation:V1#1/three/${tier}:${level} sent`),
  ),
  ...[1, 2, 3].map((tier) => `due:V1#1/three/${tier} sent`),
].sort()

describe('a call that has come due', () => {
  it('is told to whoever has to make it, when its window opens', async () => {
    const made = await hospital()
    await made.crm.work()
    expect(await inbox(made, 'staff/li')).toEqual(['due:V1#1/three/1'])
    await workUntil(10, 6, made)
    expect(await inbox(made, 'role/call-centre')).toEqual(['due:V1#1/three/2'])
    const { items } = await made.crm.messages.to('staff/li')
    expect(items.find(({ id }) => id.startsWith('due'))?.state).toMatchObject({
      status: 'sent',
      template: 'follow-up.due',
      params: { visit: 'V1', tier: 1, due: '2026-03-09', purpose: 'clinical' },
      about: `follow-up/${made.patient}`,
    })
  })

  it('is not told once the call was made', async () => {
    const made = await hospital()
    const { crm } = made
    await crm.followUps.recordContact({
      visit: 'V1',
      role: 'attending',
      at: at(2),
      result: 'completed',
    })
    await crm.work()
    expect(messagesOf(made)).toEqual(['due:V1#1/three/1 cancelled: completed'])
  })

  it('is not told when it is past its deadline by the time anybody looks', async () => {
    const made = await hospital()
    made.clock.set(at(12))
    await made.crm.work()
    expect(messagesOf(made)).toContain('due:V1#1/three/1 skipped: stale')
    expect(messagesOf(made)).toContain('due:V1#1/three/2 sent')
  })
})

describe('an overdue call', () => {
  it('is escalated to its owner, the head of the department and the quality office', async () => {
    const made = await hospital()
    await workUntil(15, 24, made)
    expect(await inbox(made, 'staff/li')).toEqual(['due:V1#1/three/1', 'escalation:V1#1/three/1:1'])
    expect(await inbox(made, 'staff/zhao')).toEqual(['escalation:V1#1/three/1:2'])
    expect(await inbox(made, 'role/quality-office')).toEqual(['escalation:V1#1/three/1:3'])
  })

  it('that belongs to a role is escalated to the role and to its head', async () => {
    const made = await hospital()
    await workUntil(22, 24, made)
    expect(await inbox(made, 'role/call-centre')).toContain('escalation:V1#1/three/2:1')
    expect(await inbox(made, 'role/head-of:call-centre')).toContain('escalation:V1#1/three/2:2')
  })

  it('is escalated no further once the call was made', async () => {
    const made = await hospital()
    await workUntil(10, 24, made)
    await made.crm.followUps.recordContact({
      visit: 'V1',
      role: 'attending',
      at: at(10),
      result: 'completed',
    })
    await workUntil(20, 24, made)
    expect(messagesOf(made).filter((each) => each.startsWith('escalation:V1#1/three/1'))).toEqual([
      'escalation:V1#1/three/1:1 sent',
    ])
  })

  it('goes to whoever stands in for somebody on leave', async () => {
    const made = await hospital()
    await made.crm.staff.grantLeave('zhao', {
      from: '2026-03-12',
      until: '2026-03-20',
      substitute: 'wang',
    })
    await workUntil(13, 24, made)
    expect(await inbox(made, 'staff/wang')).toEqual(['escalation:V1#1/three/1:2'])
  })
})

describe('reminders and escalations', () => {
  it.each([1, 5, 24, 96])(
    'come once each, working every %i hours',
    async (hours) => {
      const made = await hospital()
      await workUntil(41, hours, made)
      const told = messagesOf(made).map((each) => each.replace('skipped: stale', 'sent'))
      expect(told).toEqual(month)
    },
    20_000,
  )

  it('come once each from two workers at once', async () => {
    const first = await hospital()
    const { store, cipher } = first
    const second = await testCrm({ at: at(2), store, cipher, open: false })
    await workUntil(41, 24, first, second)
    expect(messagesOf(first)).toEqual(month)
    expect(await first.crm.parked()).toEqual([])
    const told = (await store.log('main')).filter(({ type }) => type === 'follow-up.escalated')
    expect(told).toHaveLength(9)
    const sent = (await store.log('main')).filter(({ type }) => type === 'message.sent')
    expect(new Set(sent.map(({ key }) => key.id)).size).toBe(sent.length)
  }, 20_000)

  it('keep their true times through an outage of three days', async () => {
    const made = await hospital()
    made.clock.set(at(13))
    await made.crm.work()
    const told = (await made.store.log('main')).filter(({ type }) => type === 'follow-up.escalated')
    expect(told.map(({ at: when, data }) => [when, (data as { at: string }).at])).toEqual([
      [at(13), at(10, 0)],
      [at(13), at(12, 0)],
    ])
  })
})

describe('a message to a patient', () => {
  const ask = ({ crm, patient }: { crm: TestCrm['crm']; patient: string }, said = {}) =>
    crm.messages.ask('m', {
      to: { patient },
      purpose: 'clinical',
      template: 'follow-up.due',
      params: { visit: 'V1', tier: 1, due: '2026-03-09' },
      ...said,
    })

  it('leaves by day, and waits for the morning by night', async () => {
    const made = await hospital({ at: at(2, 22) })
    await ask(made)
    await made.crm.work()
    expect(made.sms.sent).toEqual([])
    made.clock.set(at(3, 7, 59))
    await made.crm.work()
    expect(made.sms.sent).toEqual([])
    made.clock.set(at(3, 8))
    await made.crm.work()
    expect(made.sms.sent).toMatchObject([
      {
        id: 'main/m',
        to: '15400000001',
        text: '住院号 V1 的第 1 层随访已开始,请于 2026-03-09 前完成。',
      },
    ])
  })

  it.each([
    ['died', (crm: TestCrm['crm'], id: string) => crm.patients.recordDeath(id, {}), 'deceased'],
    [
      'refused',
      (crm: TestCrm['crm'], id: string) =>
        crm.patients.recordConsent(id, { purpose: 'clinical', allowed: false }),
      'consent',
    ],
    [
      'asked to be forgotten',
      (crm: TestCrm['crm'], id: string) => crm.patients.erase(id, { reason: 'requested' }),
      'erased',
    ],
  ])(
    'does not leave when the patient has %s since it was asked for',
    async (_, happens, reason) => {
      const made = await hospital()
      await ask(made)
      await happens(made.crm, made.patient)
      await made.crm.work()
      expect(made.sms.sent).toEqual([])
      expect((await made.crm.messages.get('m'))?.state).toMatchObject({
        status: 'cancelled',
        reason,
      })
    },
  )

  it('goes to the survivor’s telephone after a merge', async () => {
    const made = await hospital()
    await ask(made)
    const survivor = await someone(made.crm, '2')
    await made.crm.patients.proposeMatch(survivor, made.patient)
    await made.crm.patients.confirmMatch(survivor, made.patient)
    await made.crm.work()
    expect(made.sms.sent.map(({ to }) => to)).toEqual(['15400000002'])
  })

  it('does not leave for somebody who died under the id that was merged', async () => {
    const made = await hospital()
    const survivor = await someone(made.crm, '2')
    await made.crm.patients.recordDeath(made.patient, {})
    await made.crm.patients.proposeMatch(survivor, made.patient)
    await made.crm.patients.confirmMatch(survivor, made.patient)
    await ask({ crm: made.crm, patient: survivor })
    await made.crm.work()
    expect(made.sms.sent).toEqual([])
  })

  it('is sent once, under one id, however often the provider must be asked', async () => {
    let fault: 'try-later' | 'unknown' | undefined = 'unknown'
    const asked: string[] = []
    const channel = memoryChannel('sms', ({ id }) => {
      asked.push(id)
      return { outcome: fault ?? 'sent' }
    })
    const made = await hospital({ channels: [channel] })
    await ask(made)
    for (let n = 0; n < 3; n += 1) {
      await made.crm.work()
      made.clock.pass(60)
    }
    fault = undefined
    made.clock.pass(3600)
    await made.crm.work()
    await made.crm.work()
    expect([...new Set(asked)]).toEqual(['main/m'])
    expect(channel.sent).toHaveLength(1)
    expect((await made.crm.messages.get('m'))?.state).toMatchObject({ status: 'sent' })
  })

  it('whose values do not fill its template fails alone and holds nobody up', async () => {
    const made = await hospital()
    await ask(made, { params: {} })
    await made.crm.messages.ask('n', {
      to: { patient: made.patient },
      purpose: 'clinical',
      template: 'follow-up.due',
      params: { visit: 'V1', tier: 1, due: '2026-03-09' },
    })
    await made.crm.work()
    expect(made.sms.sent.map(({ id }) => id)).toEqual(['main/n'])
    expect((await made.crm.messages.get('m'))?.state).toMatchObject({
      status: 'failed',
      reason: 'rejected',
    })
  })
})

describe('a new rule pack', () => {
  it('decides from its publication on, and an old version never again', async () => {
    const made = await hospital()
    await made.crm.hospitals.publish({ pack: packOf({ version: 2, escalation: [] }) })
    await workUntil(12, 24, made)
    expect(messagesOf(made).filter((each) => each.startsWith('escalation'))).toEqual([])
    expect(await refusalOf(made.crm.hospitals.publish({ pack: packOf() }))).toBe(
      'hospital.pack-exists',
    )
  })

  it('is told apart from another hospital’s of the same name', async () => {
    const made = await testCrm({ at: at(2) })
    const other = made.crm.for({ tenant: 'other' })
    await other.hospitals.open({ name: 'Other', zone: 'Asia/Shanghai', pack: packOf() })
    for (const crm of [made.crm, other]) {
      const patient = await someone(crm, '1')
      await crm.messages.ask('m', {
        to: { patient },
        purpose: 'clinical',
        template: 'follow-up.due',
        params: { visit: 'V1', tier: 1, due: '2026-03-09' },
      })
    }
    await made.crm.work()
    expect(made.sms.sent.map(({ id }) => id).sort()).toEqual(['main/m', 'other/m'])
  })
})
