import { hostile } from './hostile.fixture.ts'

// With another seed every time, which a failure does not tell: run it again with the bodies it shows.
hostile({ runs: 200 })
