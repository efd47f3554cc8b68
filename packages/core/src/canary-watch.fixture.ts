import { format } from 'node:util'
import { wordsIn } from './canary-words.fixture.ts'
import type { Crm, CrmOptions } from './create-crm.ts'
import type { Logger } from './ports/logger.ts'
import type { Store } from './ports/store.ts'

const printing = ['log', 'info', 'warn', 'error', 'debug'] as const

/** Everything that can be read of something thrown, its causes included. */
export const tellingOf = (error: unknown, depth = 0): string => {
  if (typeof error !== 'object' || error === null || depth > 5) return String(error)
  const own = Reflect.ownKeys(error).map((key) => {
    const value = Reflect.get(error, key) as unknown
    return `${String(key)}: ${value instanceof Error ? tellingOf(value, depth + 1) : (JSON.stringify(value) ?? String(value))}`
  })
  return [String(error), ...own].join('\n')
}

/** The same object, with every method's failures looked at on their way out. */
const failing = <T extends object>(part: T, see: (error: unknown) => void): T => {
  const seen = (error: unknown): never => {
    see(error)
    throw error
  }
  const watched = (name: string, member: unknown): unknown => {
    if (typeof member === 'function')
      return (...args: unknown[]) => {
        try {
          const answer = member.apply(part, args)
          if (answer instanceof Promise) return answer.catch(seen)
          return name === 'for' ? failing(answer, see) : answer
        } catch (error) {
          return seen(error)
        }
      }
    const isPart = Object.getPrototypeOf(member ?? 0) === Object.prototype
    return isPart ? failing(member as object, see) : member
  }
  return Object.fromEntries(
    Object.entries(part).map(([name, member]) => [name, watched(name, member)]),
  ) as T
}

/** Looks at whatever leaves a crm for words of the tests' persons, and keeps where it found some. */
export const createWatch = () => {
  let leaks: string[] = []
  const characters: Record<string, number> = {}
  const see = (where: string, text: string) => {
    characters[where] = (characters[where] ?? 0) + text.length
    for (const word of wordsIn(text)) leaks.push(`${where}: ${word}`)
  }
  const told = (where: string, what: unknown) => see(where, JSON.stringify(what) ?? '')
  return {
    see,
    /** How much was looked at, by where it went. */
    characters,
    /** Ciphers that seal nothing, on purpose. */
    unsealed: new WeakSet<object>(),
    /** What was found since it was asked last. */
    taken: (): readonly string[] => {
      const taken = [...new Set(leaks)]
      leaks = []
      return taken
    },
    options(options: CrmOptions, memoryStore: () => Store): CrmOptions {
      if (options.cipher && this.unsealed.has(options.cipher)) return options
      const { store = memoryStore(), logger } = options
      const commit: Store['commit'] = (tenant, units) => {
        told('store', units)
        return store.commit(tenant, units)
      }
      const log: Logger = {
        info: (...line) => {
          told('log', line)
          logger?.info(...line)
        },
        warn: (...line) => {
          told('log', line)
          logger?.warn(...line)
        },
      }
      return { ...options, store: Object.create(store, { commit: { value: commit } }), logger: log }
    },
    /** What is written to a stream, from now on. */
    stream: (stream: { write: (chunk: never, ...rest: never[]) => boolean }) => {
      const write = stream.write.bind(stream) as (...said: unknown[]) => boolean
      stream.write = (chunk: Uint8Array | string, ...rest: unknown[]) => {
        see('output', typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk))
        return write(chunk, ...rest)
      }
    },
    /** What a console prints, until the answer is called. */
    printer: (printer: Pick<Console, (typeof printing)[number]>) => {
      const before = printing.map((name) => [name, printer[name]] as const)
      for (const [name, print] of before)
        printer[name] = (...said: unknown[]) => {
          see('output', format(...said))
          print.apply(printer, said)
        }
      return () => {
        for (const [name, print] of before) printer[name] = print
      }
    },
    crm: (crm: Crm): Crm => failing(crm, (error) => see('error', tellingOf(error))),
  }
}
export type Watch = ReturnType<typeof createWatch>
