import { Refusal } from '@hospital-crm/core'

/** Imports an optional peer, and says how to get it when it is not there. */
export const peer = async <Module>(
  load: () => Promise<Module>,
  packages: readonly string[],
): Promise<Module> => {
  try {
    return await load()
  } catch (error) {
    const missing = packages.find((name) => isMissing(error, name))
    if (missing === undefined) throw error
    const remedy = `Install what this store needs beside @hospital-crm/adapters: npm install ${packages.join(' ')}`
    throw new Refusal('store.missing-peer', { package: missing, remedy })
  }
}

const isMissing = (error: unknown, name: string) =>
  error instanceof Error &&
  'code' in error &&
  /^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code)) &&
  error.message.includes(`'${name}'`)
