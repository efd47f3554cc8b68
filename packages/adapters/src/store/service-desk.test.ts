import { type Crm, createCrm, type Store } from '@hospital-crm/core'
import { dischargeSatisfaction, RulePack, Schedule, xuzhouPack } from '@hospital-crm/rules'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { aesGcmCipher } from '../cipher/aes-gcm/index.ts'
import { postgresStore } from './postgres/index.ts'
import { cuttingProxy } from './testing/cutting-proxy.ts'
import { freshSchema } from './testing/fresh-schema.ts'

const cipher = aesGcmCipher({ key: Uint8Array.from({ length: 32 }, (_, at) => at) })
const clock = { now: () => new Date('2026-03-02T02:00:00.000Z') }
const questionnaire = dischargeSatisfaction.id
const pack = RulePack.parse({
  ...xuzhouPack,
  surveys: { questionnaires: [dischargeSatisfaction] },
})
/** One slot with ten places, a week from now. */
const ten = Schedule.parse({
  title: 'Cardiology',
  department: 'cardiology',
  recurrence: 'FREQ=WEEKLY;BYDAY=MO',
  start: '2026-03-02',
  slots: [{ at: '09:00', minutes: 30, places: { any: 10 } }],
})
const slot = { day: '2026-03-09', at: '09:00', channel: 'web' }

const { schema, open, drop } = freshSchema(inject('postgres'))
const stores: Store[] = []
let desk: Crm
/** Clients of sixteen processes, each with connections of its own. */
let clients: readonly Crm[]

const fromOne = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
const registered = async (numbers: readonly number[]) => {
  const asks = numbers.map((n) => ({ crm: desk, number: `P${n}` }))
  return Promise.all(
    asks.map(({ crm, number }) =>
      crm.patients.register({ identifiers: [{ type: 'MR', value: number }] }),
    ),
  )
}

beforeAll(async () => {
  for (const _ of fromOne(16)) stores.push(await open(2))
  clients = fromOne(64).map((at) => {
    const store = stores[at % stores.length] as Store
    return createCrm({ store, cipher, clock })
  })
  desk = clients[0] as Crm
  await desk.hospitals.open({ name: 'H', zone: 'Asia/Shanghai', pack })
})

afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()))
  await drop()
})

describe('64 clients who want the last ten places of a slot at once', () => {
  it('book ten; whoever would wait waits, and every other one is told that the slot is full', async () => {
    await desk.schedules.define('clinic', ten)
    const patients = await registered(clients.map((_, at) => at))
    const answers = await Promise.all(
      clients.map(async ({ appointments }, at) => {
        const who = { patient: patients[at]?.id ?? '', orWait: at % 2 === 0 }
        const told = await appointments
          .book({ ...slot, schedule: 'clinic', ...who })
          .catch(({ code }: { code: string }) => code)
        if (typeof told === 'string') return { ...who, told, place: undefined }
        const { state } = (await appointments.get(told.id)) ?? {}
        const place = state && 'place' in state ? state.place : undefined
        return { ...who, told: state?.status ?? 'none', place }
      }),
    )
    const count = (told: string, orWait: boolean) =>
      answers.filter((answer) => answer.told === told && answer.orWait === orWait).length
    const [early, late] = [count('booked', true), count('booked', false)]
    expect(early + late).toBe(10)
    expect(count('waiting', true)).toBe(32 - early)
    expect(count('appointment.full', false)).toBe(32 - late)
    const places = answers.flatMap(({ place }) => place ?? [])
    expect([places.length, new Set(places).size]).toEqual([10, 10])
  })
})

describe('a survey handed in', () => {
  /** The answers that alarm, so that there is a consequence to count. */
  const answers = { doctors: 'dissatisfied', recommend: 2, worse: 'yes' }
  const asked = async (visit: string) => {
    const [patient] = await registered([Number(visit.slice(1)) + 5000])
    const at = '2026-03-02T01:00:00Z'
    await desk.encounters.discharge(visit, { patient: patient?.id ?? '', at, attending: 'li' })
    return (await desk.surveys.ask({ visit, questionnaire })).id
  }
  const submit = (crm: Crm, survey: string) =>
    crm.surveys.submit({ survey, answers, mode: 'phone', by: 'sun' })

  /** How many responses a survey has, and how often what follows from one has happened. */
  const cameOf = async (survey: string) => {
    await desk.pump()
    const state = (await desk.surveys.get(survey))?.state
    const log = await desk.door.log({ limit: 100_000 })
    const handedIn = log.filter(({ key, type }) => key.id === survey && type === 'survey.submitted')
    const tasks = (await desk.tasks.about(`survey/${survey}`)).items
    const told = log.filter(
      ({ key, type }) => type === 'message.asked' && key.id.startsWith(`survey:${survey}:`),
    )
    return {
      responses: state?.status === 'answered' ? state.responses.length : 0,
      handedIn: handedIn.length,
      tasks: tasks.length,
      told: told.length,
    }
  }
  const once = { responses: 1, handedIn: 1, tasks: 1, told: 1 }

  it('fifty times at once, and again when its answer was lost, counts once', async () => {
    const survey = await asked('V1')
    const fifty = clients.slice(0, 50)
    await Promise.all(fifty.map((crm) => submit(crm, survey)))
    expect(await cameOf(survey)).toEqual(once)
    await Promise.all(fifty.map((crm) => submit(crm, survey)))
    expect(await cameOf(survey)).toEqual(once)
  })

  it('over a connection that breaks at anything that is said, and then again, counts once', async () => {
    const proxy = await cuttingProxy(inject('postgres'))
    const { connectionString } = proxy
    const store = await postgresStore({ connectionString, schema, connections: 1 })
    const crm = createCrm({ store, cipher, clock })
    let breaks = 0
    for (let nth = 1, cuts = true; cuts; nth += 1) {
      const survey = await asked(`V${nth + 1}`)
      await crm.surveys.get(survey)
      proxy.cutAt(nth, 'after')
      await submit(crm, survey).catch(() => undefined)
      cuts = proxy.said() > nth
      await Promise.all([crm, desk].map((each) => submit(each, survey)))
      expect([nth, await cameOf(survey)]).toEqual([nth, once])
      breaks = nth
    }
    expect(breaks).toBeGreaterThan(3)
    await store.close()
    await proxy.close()
  })
})
