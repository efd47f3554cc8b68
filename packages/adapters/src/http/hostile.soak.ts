import { afterAll } from 'vitest'
import { hostile } from './hostile.fixture.ts'

// Drawn anew every time; what fails shows the body that it failed on.
const asked = hostile({ runs: 150 })

afterAll(() => void process.stdout.write(`${asked()} hostile requests, none a fault\n`))
