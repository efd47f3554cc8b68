import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A script of this folder at work in a process of its own; `next` gives its lines. */
export const startChild = (script: string, ...args: readonly string[]) => {
  const file = join(import.meta.dirname, script)
  const child: ChildProcess = spawn(process.execPath, [file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const input = child.stdout ?? process.stdin
  const reading = createInterface({ input })[Symbol.asyncIterator]()
  const ended = once(child, 'exit')
  return {
    pid: child.pid ?? 0,
    next: async (): Promise<string> => {
      const { value = '' } = await reading.next()
      lines.push(value)
      return value
    },
    /** Ends it as a power cut would, and gives the lines it had said. */
    kill: async (): Promise<readonly string[]> => {
      child.kill('SIGKILL')
      await ended
      for (let line = await reading.next(); !line.done; line = await reading.next())
        lines.push(line.value)
      return lines
    },
  }
}
