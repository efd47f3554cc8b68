import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attackOn, foundOut, linearlyFoundOut } from './attack.fixture.ts'
import { isDerivable } from './derivable.ts'
import { suppressRow } from './row.ts'
import { type PublishedTable, suppressTable } from './table.ts'
import { selectFrom, suppressShares } from './views.ts'

const tables = (most: number, height = 4, width = 4) =>
  fc
    .tuple(fc.integer({ min: 1, max: height }), fc.integer({ min: 1, max: width }))
    .chain(([rows, columns]) =>
      fc.array(
        fc.array(fc.integer({ min: 0, max: most }), { minLength: columns, maxLength: columns }),
        { minLength: rows, maxLength: rows },
      ),
    )

/** Small counts, edges of the rule and large ones, so that every kind of neighbour meets. */
const skewed = fc.oneof(
  fc.constantFrom(0, 1, 1, 2, 9, 10, 11, 12, 30),
  fc.integer({ min: 0, max: 30 }),
  fc.integer({ min: 11, max: 400 }),
)
const skewedTables = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rows, columns]) =>
    fc.array(fc.array(skewed, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  )

const isWithheld = ({ cells, rowTotals, columnTotals, total }: PublishedTable) =>
  [...cells.flat(), ...rowTotals, ...columnTotals, total].every((value) => value === null)

const subsets = (size: number) =>
  Array.from({ length: 2 ** size - 1 }, (_, at) =>
    Array.from({ length: size }, (_, bit) => bit).filter((bit) => ((at + 1) >> bit) & 1),
  )

describe('a published table', () => {
  it.each([
    ['of evenly spread counts', tables(30), 11],
    ['of counts around the threshold', skewedTables, 11],
    ['of a lower threshold', tables(12), 5],
  ])('%s hides no number that can be found out', (_, drawn, threshold) => {
    fc.assert(
      fc.property(drawn, (cells) => {
        const shown = suppressTable({ cells, threshold })
        if (isWithheld(shown)) return
        const attack = attackOn(cells, threshold, shown)
        expect(linearlyFoundOut(attack)).toEqual([])
        expect(foundOut(attack)).toEqual([])
      }),
      { numRuns: 250 },
    )
  })

  it('shows no small number, keeps every number it shows, and shows every zero', () => {
    fc.assert(
      fc.property(skewedTables, (cells) => {
        const shown = suppressTable({ cells })
        const all = [...shown.cells.flat(), ...shown.rowTotals, ...shown.columnTotals, shown.total]
        for (const value of all) {
          if (value !== null) expect(value === 0 || value >= 11).toBe(true)
        }
        cells.flat().forEach((value, at) => {
          const seen = shown.cells.flat()[at]
          if (seen !== null) expect(seen).toBe(value)
          if (value === 0 && !isWithheld(shown)) expect(seen).toBe(0)
        })
      }),
    )
  })

  it('is left alone when nothing in it is small', () => {
    expect(
      suppressTable({
        cells: [
          [11, 0],
          [25, 40],
        ],
      }),
    ).toEqual({
      cells: [
        [11, 0],
        [25, 40],
      ],
      rowTotals: [11, 65],
      columnTotals: [36, 40],
      total: 76,
    })
  })

  it('hides the cheapest rectangle around a small number', () => {
    const cells = [
      [7, 20, 90],
      [40, 30, 80],
      [50, 60, 70],
    ]
    expect(suppressTable({ cells }).cells).toEqual([
      [null, null, 90],
      [null, null, 80],
      [50, 60, 70],
    ])
  })

  it('is hidden whole where even all totals hidden would tell', () => {
    const ten = [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]]
    expect(suppressTable({ cells: [[...(ten[0] ?? []), 0]] })).toMatchObject({
      total: null,
      cells: [[null, null, null, null, null, null, null, null, null, null, null]],
    })
  })

  it('gives no hidden number away by any two views of it', () => {
    fc.assert(
      fc.property(tables(30), (cells) => {
        const shown = suppressTable({ cells })
        if (isWithheld(shown)) return
        const views = subsets(cells.length)
          .flatMap((rows) => subsets(cells[0]?.length ?? 0).map((columns) => ({ rows, columns })))
          .filter((view) => selectFrom(shown, view) !== null)
        for (const { rows, columns } of views) {
          const wanted = rows.flatMap((row) => columns.map((column) => cells[row]?.[column] ?? 0))
          const answer = selectFrom(shown, { rows, columns })
          expect(answer).toBe(wanted.reduce((all, value) => all + value, 0))
        }
        expect(linearlyFoundOut(attackOn(cells, 11, shown), views)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  it('publishes shares with their totals so that none can be worked out', () => {
    const groups = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
        .map(([top, rest]) => ({ top, n: top + rest })),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(groups, (drawn) => {
        const shown = suppressShares({ groups: drawn })
        for (const { top, n, percent } of [...shown.groups, shown.overall]) {
          if (percent === null) continue
          expect(percent).toBeCloseTo((100 * (top ?? Number.NaN)) / (n ?? Number.NaN), 12)
          const rest = (n ?? 0) - (top ?? 0)
          for (const count of [top ?? 0, rest, n ?? 0]) {
            expect(count === 0 || count >= 11).toBe(true)
          }
        }
        const cells = drawn.map(({ top, n }) => [top, n - top])
        const seen = [...shown.groups, shown.overall].map(({ top, n, percent }) => {
          const isTold = n === 0 || percent !== null
          const rest = isTold && top !== null && n !== null ? n - top : null
          return [top, rest, n]
        })
        if (seen.flat().every((value) => value === null)) return
        const attack = { cells, threshold: 11, seen }
        expect(linearlyFoundOut(attack)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe('whether a hidden number can be found out', () => {
  it('is told as trying every table tells it', () => {
    const hidings = fc
      .tuple(tables(6, 3, 3), fc.infiniteStream(fc.boolean()))
      .map(([cells, coins]) => ({ cells, coins }))
    fc.assert(
      fc.property(hidings, ({ cells, coins }) => {
        const threshold = 4
        const rows = cells.map((row) => [...row, row.reduce((all, value) => all + value, 0)])
        const table = [
          ...rows,
          (rows[0] ?? []).map((_, at) => rows.reduce((all, row) => all + (row[at] ?? 0), 0)),
        ]
        const hiding = table.map((row) =>
          row.map((value) => value > 0 && coins.next().value === true),
        )
        const seen = table.map((row, at) =>
          row.map((value, column) => (hiding[at]?.[column] ? null : value)),
        )
        const told = table.flatMap((line, row) =>
          line.flatMap((_, column) =>
            hiding[row]?.[column] && isDerivable(table, hiding, threshold, { row, column })
              ? [`${row} ${column}`]
              : [],
          ),
        )
        expect(told).toEqual(foundOut({ cells, threshold, seen }))
      }),
      { numRuns: 400 },
    )
  })
})

describe('a published row', () => {
  /** Every row of so many counts, by what is published of it. */
  const publications = (size: number, most: number, threshold: number) => {
    const found = new Map<string, Set<number>[]>()
    const rows = most + 1
    for (let code = 0; code < rows ** size; code += 1) {
      const cells = Array.from({ length: size }, (_, at) => Math.floor(code / rows ** at) % rows)
      const total = cells.reduce((all, value) => all + value, 0)
      const shown = suppressRow({ cells, total, threshold })
      const key = JSON.stringify(shown)
      const values = found.get(key) ?? cells.map(() => new Set<number>())
      values.forEach((seen, at) => {
        seen.add(cells[at] ?? 0)
      })
      found.set(key, values)
    }
    return found
  }

  it.each([
    [2, 30, 11],
    [3, 22, 8],
    [4, 9, 4],
  ])('of %i counts up to %i keeps its secret even from who knows the rule', (size, most, t) => {
    for (const [key, values] of publications(size, most, t)) {
      const { cells } = JSON.parse(key) as { cells: (number | null)[] }
      cells.forEach((cell, at) => {
        if (cell === null) expect([key, (values[at]?.size ?? 0) > 1]).toEqual([key, true])
      })
    }
  })

  it('hides the smallest other number beside a small one, and equal ones together', () => {
    expect(suppressRow({ cells: [9, 52, 0, 31], total: 92 }).cells).toEqual([null, 52, 0, null])
    expect(suppressRow({ cells: [9, 31, 0, 31], total: 71 }).cells).toEqual([null, null, 0, null])
    expect(suppressRow({ cells: [3, 4, 60], total: 67 }).cells).toEqual([null, null, 60])
  })

  it('hides only what is small when no total is shown', () => {
    expect(suppressRow({ cells: [9, 52, 0] })).toEqual({ cells: [null, 52, 0], total: null })
  })

  it('hides a total that is small, or that tells the rest', () => {
    expect(suppressRow({ cells: [0, 6], total: 6 })).toEqual({ cells: [null, null], total: null })
    const ones = Array.from({ length: 12 }, () => 1)
    expect(suppressRow({ cells: ones, total: 12 }).total).toBeNull()
  })
})
