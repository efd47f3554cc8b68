import { hostile } from './hostile.fixture.ts'

hostile({ runs: 5, seed: 7 })
