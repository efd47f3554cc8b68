/** Takes what an operator should see. Gets codes and ids only; personal data never comes this way. */
export interface Logger {
  info(fields: Readonly<Record<string, string | number | boolean>>, message: string): void
  warn(fields: Readonly<Record<string, string | number | boolean>>, message: string): void
}
