import type { Cipher, Key, Store, Unit } from '@hospital-crm/core'

/** What was sealed and hashed since the commit before. */
export interface Sealing {
  /** Keys made for new persons. */
  keys: number
  readonly sealed: { readonly bound: string; readonly plain: string }[]
  readonly blinded: string[]
}

export interface Load {
  readonly keys: readonly Key[]
  readonly causes: readonly string[]
}

/** One commit of the store, with what was read and sealed for it. */
export interface Commit {
  readonly loads: readonly Load[]
  readonly sealing: Sealing
  readonly units: readonly Unit[]
}

const nothing = (): Sealing => ({ keys: 0, sealed: [], blinded: [] })

/** A store and a cipher that do as the given ones, and keep what was asked of them for the yardstick. */
export const recording = (store: Store, cipher: Cipher) => {
  let commits: Commit[] = []
  let loads: Load[] = []
  let sealing = nothing()
  const recordingStore: Store = {
    ...store,
    load: (tenant, keys, causes) => {
      loads.push({ keys, causes })
      return store.load(tenant, keys, causes)
    },
    commit: async (tenant, units) => {
      const outcomes = await store.commit(tenant, units)
      if (outcomes.some((outcome) => outcome !== 'done')) throw new Error('a commit met another')
      commits.push({ loads, sealing, units })
      loads = []
      sealing = nothing()
      return outcomes
    },
  }
  const recordingCipher: Cipher = {
    ...cipher,
    newKeys: (tenant, count) => {
      sealing.keys += count
      return cipher.newKeys(tenant, count)
    },
    seal: (tenant, items) => {
      sealing.sealed.push(...items)
      return cipher.seal(tenant, items)
    },
    blind: (tenant, texts) => {
      sealing.blinded.push(...texts)
      return cipher.blind(tenant, texts)
    },
  }
  return {
    store: recordingStore,
    cipher: recordingCipher,
    /** What was recorded since it was last asked. */
    take: (): readonly Commit[] => {
      const taken = commits
      commits = []
      return taken
    },
  }
}
