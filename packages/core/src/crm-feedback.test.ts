import { describe, expect, it } from 'vitest'
import { refusalOf, someone, type TestCrm, testCrm } from './hospital.fixture.ts'
import { feedback } from './slices/feedback/index.ts'

const at = (day: number, hour = 10) => new Date(Date.UTC(2026, 2, day, hour - 8)).toISOString()

const rules = {
  classes: ['attitude', 'cost', 'waiting'],
  severities: {
    ordinary: {
      answerWithin: { workingDays: 5 },
      escalation: [
        { afterDays: 0, to: 'owner' },
        { afterDays: 2, to: 'quality-office' },
      ],
    },
  },
  reopenWithinDays: 10,
}
const complaint = {
  kind: 'complaint' as const,
  class: 'attitude',
  severity: 'ordinary',
  channel: 'phone' as const,
  owner: 'wang',
  department: 'cardiology',
  staff: ['li'],
  words: '等了三个小时',
}

/** Friday, 6 March. */
const hospital = (pack: object = { feedback: rules }) => testCrm({ at: at(6), pack })
const received = async (said: object = {}) => {
  const made = await hospital()
  const { id } = await made.crm.feedback.receive({ ...complaint, ...said })
  return { ...made, id }
}
const workAt = async ({ crm, clock }: TestCrm, day: number, hour = 10) => {
  clock.set(at(day, hour))
  await crm.work()
}
const stateOf = async ({ crm, id }: { crm: TestCrm['crm']; id: string }) =>
  (await crm.feedback.get(id))?.state
const templates = async ({ crm }: TestCrm, to: string) =>
  (await crm.messages.to(to)).items.map(({ state }) =>
    state.status === 'none' ? '' : `${state.template} ${state.params.level ?? ''}`.trim(),
  )

describe('a complaint', () => {
  it('belongs to whoever was asked first, until somebody accepts it', async () => {
    const made = await received()
    const { crm, id } = made
    expect((await crm.feedback.ownedBy('wang')).items.map((each) => each.id)).toEqual([id])
    await crm.feedback.offer(id, { to: 'zhao' })
    expect(await stateOf(made)).toMatchObject({ owner: 'wang', offeredTo: 'zhao' })
    expect(await templates(made, 'staff/zhao')).toEqual(['feedback.offered'])
    expect(await refusalOf(crm.feedback.accept(id, { by: 'qian' }))).toBe('feedback.not-offered')
    await crm.feedback.decline(id, { by: 'zhao', reason: 'on leave' })
    expect(await stateOf(made)).toMatchObject({ owner: 'wang' })
    await crm.feedback.offer(id, { to: 'zhao' })
    await crm.feedback.accept(id, { by: 'zhao' })
    expect((await crm.feedback.ownedBy('zhao')).items.map((each) => each.id)).toEqual([id])
    expect((await crm.feedback.ownedBy('wang')).items).toEqual([])
    const again = crm.feedback.offer(id, { to: 'zhao' })
    expect(await refusalOf(again)).toBe('feedback.offered-to-owner')
  })

  it('is offered to the successor of whoever leaves', async () => {
    const made = await received()
    await made.crm.staff.enrol('wang', { name: 'Test Wang' })
    await made.crm.staff.depart('wang', { successor: 'zhao' })
    await made.crm.work()
    expect(await stateOf(made)).toMatchObject({ owner: 'wang', offeredTo: 'zhao' })
  })

  it('is to be answered within working days, and each level is told once when nobody does', async () => {
    const made = await received()
    expect(await stateOf(made)).toMatchObject({ status: 'open', due: '2026-03-13' })
    expect((await made.crm.feedback.dueBy('2026-03-12')).items).toEqual([])
    expect((await made.crm.feedback.dueBy('2026-03-13')).items).toHaveLength(1)
    await workAt(made, 13, 23)
    expect(await templates(made, 'staff/wang')).toEqual([])
    for (const day of [14, 14, 15]) await workAt(made, day)
    expect(await templates(made, 'staff/wang')).toEqual(['feedback.overdue 1'])
    expect(await templates(made, 'role/quality-office')).toEqual([])
    for (const day of [16, 20]) await workAt(made, day)
    expect(await templates(made, 'role/quality-office')).toEqual(['feedback.overdue 2'])
    const log = await made.crm.door.history(feedback, made.id)
    expect(log.filter(({ type }) => type === 'feedback.escalated')).toHaveLength(2)
  })

  it('tells after an outage all levels that have come, at their true times', async () => {
    const made = await received()
    await workAt(made, 25)
    const log = await made.crm.door.history(feedback, made.id)
    const levels = log.flatMap(({ type, data }) => (type === 'feedback.escalated' ? [data] : []))
    expect(levels).toMatchObject([
      { level: 1, at: at(14, 0) },
      { level: 2, at: at(16, 0) },
    ])
    await workAt(made, 26)
    expect(await templates(made, 'staff/wang')).toEqual(['feedback.overdue 1'])
  })

  it('is answered, confirmed and closed; whoever is not satisfied opens it again with a new deadline', async () => {
    const made = await received()
    const { crm, id } = made
    const early = crm.feedback.confirm(id, { by: 'wang', isSatisfied: true })
    expect(await refusalOf(early)).toBe('feedback.not-answered')
    await crm.feedback.note(id, { by: 'wang', text: '已调阅监控' })
    await crm.feedback.answer(id, { by: 'wang', text: '已道歉' })
    await workAt(made, 16)
    expect(await templates(made, 'staff/wang')).toEqual([])
    await crm.feedback.confirm(id, { by: 'sun', isSatisfied: false })
    expect(await stateOf(made)).toMatchObject({
      status: 'open',
      due: '2026-03-23',
      reopenings: [{ reason: 'not-satisfied', by: 'sun' }],
    })
    await crm.feedback.answer(id, { by: 'wang', text: '再次道歉' })
    await crm.feedback.confirm(id, { by: 'sun', isSatisfied: true })
    await crm.feedback.confirm(id, { by: 'sun', isSatisfied: true })
    expect(await stateOf(made)).toMatchObject({ status: 'closed' })
    const closed = crm.feedback.answer(id, { by: 'wang', text: 'x' })
    expect(await refusalOf(closed)).toBe('feedback.not-open')
    const everything = await made.store.everything()
    for (const words of ['等了三个小时', '已调阅监控', '已道歉']) {
      expect(everything).not.toContain(words)
    }
  })

  it('may be taken up again for some days after the answer, not for ever', async () => {
    const made = await received()
    const { crm, id } = made
    await crm.feedback.answer(id, { by: 'wang', text: 'x' })
    made.clock.set(at(16))
    await crm.feedback.reopen(id, { by: 'sun', reason: 'new facts' })
    expect(await stateOf(made)).toMatchObject({ status: 'open' })
    await crm.feedback.answer(id, { by: 'wang', text: 'y' })
    made.clock.set(at(27))
    const late = crm.feedback.reopen(id, { by: 'sun', reason: 'x' })
    expect(await refusalOf(late)).toBe('feedback.too-late')
  })

  it('is held against staff or not, and its root causes are named', async () => {
    const made = await received()
    const { crm, id } = made
    const by = 'quality'
    await crm.feedback.appraise(id, { staff: 'li', verdict: 'upheld', by })
    await crm.feedback.appraise(id, { staff: 'li', verdict: 'partly-upheld', by })
    await crm.feedback.findCauses(id, { causes: ['staffing', 'signs'], by })
    expect(await stateOf(made)).toMatchObject({
      causes: ['staffing', 'signs'],
      appraisals: [{ staff: 'li', verdict: 'partly-upheld' }],
    })
    expect((await crm.feedback.appraised('li')).items).toHaveLength(1)
  })

  it('is joined to another that says the same, which stands for both', async () => {
    const made = await received()
    const { crm, id } = made
    const other = (await crm.feedback.receive(complaint)).id
    const by = 'sun'
    expect(await refusalOf(crm.feedback.join(id, { into: id, by }))).toBe('feedback.cannot-join')
    await crm.feedback.join(other, { into: id, by })
    await crm.feedback.join(other, { into: id, by })
    expect(await stateOf(made)).toMatchObject({ duplicates: [other] })
    expect((await crm.feedback.get(other))?.id).toBe(id)
    const back = crm.feedback.join(id, { into: other, by })
    expect(await refusalOf(back)).toBe('feedback.cannot-join')
    const note = crm.feedback.note(other, { by, text: 'x' })
    expect(await refusalOf(note)).toBe('feedback.joined-to-another')
  })

  it('is answered to the patient, whose words go with their key', async () => {
    const made = await hospital()
    const patient = await someone(made.crm, '1')
    const { id } = await made.crm.feedback.receive({ ...complaint, patient })
    await made.crm.feedback.answer(id, { by: 'wang', text: '已道歉' })
    await made.crm.work()
    expect(made.sms.sent).toHaveLength(1)
    expect((await made.crm.feedback.get(id, { open: true }))?.state).toMatchObject({
      words: complaint.words,
    })
    await made.crm.patients.erase(patient, { reason: 'requested' })
    expect((await made.crm.feedback.get(id, { open: true }))?.state).toMatchObject({ words: null })
  })
})

describe('feedback', () => {
  it('of thanks or praise is noted, and nobody owes an answer', async () => {
    const made = await received({ kind: 'thanks', channel: 'letter' })
    expect(await stateOf(made)).toMatchObject({ status: 'noted' })
    await workAt(made, 30)
    expect(await templates(made, 'staff/wang')).toEqual([])
    const list = { status: ['noted'], kinds: ['thanks', 'praise'] } as const
    expect((await made.crm.feedback.list(list)).items).toHaveLength(1)
  })

  it('is refused in a class, severity or time that cannot be, and under a number that is taken', async () => {
    const { crm } = await received({ feedback: 'C-1' })
    const receive = (said: object) => refusalOf(crm.feedback.receive({ ...complaint, ...said }))
    expect(await receive({ class: 'weather' })).toBe('feedback.unknown-class')
    expect(await receive({ severity: 'huge' })).toBe('feedback.unknown-severity')
    expect(await receive({ at: at(7) })).toBe('feedback.in-future')
    expect(await receive({ feedback: 'C-1' })).toBe('feedback.already-received')
    const unknown = crm.feedback.note('C-2', { by: 'sun', text: 'x' })
    expect(await refusalOf(unknown)).toBe('feedback.unknown')
  })

  it('has no deadline where the pack has no rules', async () => {
    const made = await hospital({})
    const { id } = await made.crm.feedback.receive({ ...complaint, class: 'anything' })
    expect(await stateOf({ crm: made.crm, id })).not.toHaveProperty('due')
  })
})
