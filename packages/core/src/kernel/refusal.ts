import { Refusal } from '@hospital-crm/rules'

export { Refusal, refuse } from '@hospital-crm/rules'

/** Runs a piece of the domain and hands back its refusal, if it refuses; anything else thrown passes through. */
export const attempt = async <T>(piece: () => Promise<T> | T): Promise<T | Refusal> => {
  try {
    return await piece()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
