/** What a command needs of the outside. */
export interface Outside {
  /** The text of a file; `-` is standard input. */
  readonly read: (file: string) => string
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}

/** 0: all is well. 1: something was found, failed or differs. 2: a file was refused. */
export type ExitCode = 0 | 1 | 2
