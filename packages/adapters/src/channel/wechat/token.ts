/** A token and how many seconds it holds; or why there is none. */
export type Grant = { readonly token: string; readonly seconds: number } | { readonly code: string }

/** Seconds before its end at which a token is no longer begun with. */
const margin = 300

/** A token kept until it ends, and asked for by one caller at a time however many need it. */
export const keptToken = (ask: () => Promise<Grant>, now: () => number = Date.now) => {
  let kept: { readonly token: string; readonly until: number } | undefined
  let asking: Promise<Grant> | undefined

  const renew = async (): Promise<Grant> => {
    try {
      const grant = await ask()
      if ('token' in grant) {
        kept = { token: grant.token, until: now() + (grant.seconds - margin) * 1000 }
      }
      return grant
    } finally {
      asking = undefined
    }
  }
  return {
    /** The token that holds now, or the code of the answer that gave none. */
    get: async (): Promise<{ readonly token: string } | { readonly code: string }> => {
      if (kept && now() < kept.until) return kept
      asking ??= renew()
      return asking
    },
    /** Forgets a token that the provider no longer takes, unless another is kept already. */
    drop: (token: string) => {
      if (kept?.token === token) kept = undefined
    },
  }
}
