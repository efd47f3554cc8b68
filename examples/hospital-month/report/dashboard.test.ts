import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createCrm } from '@hospital-crm/core'
import { dischargeSatisfaction, xuzhouPack } from '@hospital-crm/rules'
import { type Browser, launch } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../set-clock.ts'
import { dashboardReport } from './dashboard.ts'

/** Chromium as it comes from npm, with the libraries that a bare machine lacks. */
const openBrowser = async (): Promise<Browser> => {
  // It unpacks them where it believes to run as a function in a cloud.
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs22.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  return launch({
    args: [...chromium.args, '--disable-background-networking'],
    executablePath: await chromium.executablePath(),
    headless: 'shell',
  })
}

/** The questions in five steps: all but those of the last section. */
const rated = dischargeSatisfaction.sections
  .slice(0, -1)
  .flatMap(({ questions }) => questions.map(({ id }) => id))

/** Of four discharged from cardiology two are called in time; of one from surgery nobody is. */
const month = async () => {
  const clock = setClock('2026-03-02T02:00:00Z')
  const crm = createCrm({ clock })
  const pack = {
    ...xuzhouPack,
    surveys: { questionnaires: [dischargeSatisfaction], threshold: 1 },
  }
  await crm.hospitals.open({ name: 'H', zone: 'Asia/Shanghai', pack })
  const at = '2026-03-02T01:00:00Z'
  for (const number of ['1', '2', '3', '4', '5']) {
    const { id: patient } = await crm.patients.register({ identifiers: [{ value: number }] })
    const department = number === '5' ? 'surgery' : 'cardiology <&>'
    await crm.encounters.discharge(`V${number}`, { patient, at, attending: 'li', department })
  }
  clock.set('2026-03-04T02:00:00Z')
  for (const visit of ['V1', 'V2']) {
    const call = { visit, role: 'attending', at: '2026-03-04T01:00:00Z', by: 'li' } as const
    await crm.followUps.recordContact({ ...call, result: 'completed' })
    const { id: survey } = await crm.surveys.ask({ visit, questionnaire: 'discharge-satisfaction' })
    const value = visit === 'V1' ? 'very-satisfied' : 'very-dissatisfied'
    const answers = Object.fromEntries(rated.map((question) => [question, value]))
    await crm.surveys.submit({ survey, answers, mode: 'phone', by: 'sun' })
  }
  const complaint = { kind: 'complaint', class: 'cost', channel: 'desk', owner: 'wang' } as const
  await crm.feedback.receive({ ...complaint, department: 'cardiology <&>', words: 'words' })
  clock.set('2026-03-31T02:00:00Z')
  await crm.work()
  return crm
}

describe("the month's dashboard", () => {
  let browser: Browser
  let directory: string
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hospital-crm-dashboard-'))
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await rm(directory, { recursive: true })
  })

  it('shows its figures, with a drawn chart for each, in a browser without a network', async () => {
    const crm = await month()
    const file = join(directory, 'month.html')
    const printed = await dashboardReport(crm, { month: '2026-03', page: file })
    const page = await browser.newPage()
    await page.setOfflineMode(true)
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(String(error)))
    page.on('requestfailed', (request) => faults.push(request.url()))
    await page.goto(pathToFileURL(file).href)
    const sections = await page.$$eval('section', (all) =>
      all.map((section) => ({
        title: section.querySelector('h2')?.textContent ?? '',
        rows: [...section.querySelectorAll('tr')]
          .slice(1)
          .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
        chart: section.querySelector('svg')?.getBoundingClientRect().toJSON(),
        words: [...section.querySelectorAll('svg text')].map((text) => text.textContent),
      })),
    )
    expect(faults).toEqual([])
    expect(sections.map(({ title }) => title)).toContain('Complaints per 1,000 discharges')
    expect(sections).toHaveLength(10)
    for (const { title, chart, words } of sections) {
      expect(chart).toMatchObject({ width: 640, height: 260 })
      if (title !== 'Appointments not kept %') expect(words).toContain('cardiology <&>')
    }
    const rowsOf = (title: string) => sections.find((each) => each.title === title)?.rows
    // Two of the four's first calls are done; their second ones, due the week after, are not.
    expect(rowsOf('Follow-ups done in time %')).toEqual([
      ['cardiology <&>', '25', '7.1', '59.1', '2', '8'],
      ['surgery', '0', '0', '65.8', '0', '2'],
      ['*', '20', '5.7', '51', '2', '10'],
    ])
    expect(rowsOf('Satisfied %')?.[0]).toEqual(['cardiology <&>', '50', '9.5', '90.5', '1', '2'])
    expect(rowsOf('Complaints per 1,000 discharges')?.[0]?.slice(0, 2)).toEqual([
      ...['cardiology <&>', '250'],
    ])
    expect(printed).toMatch(/│ cardiology <&> +│ +25 +│ +25 +│ +100 +│ +25 +│ +100 +│ +50 +│/)
  })
})
