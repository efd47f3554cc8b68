import { hostile } from './hostile.fixture.ts'

hostile('memory', { runs: 5, seed: 7 })
