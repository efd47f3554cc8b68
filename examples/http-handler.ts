// The crm as one Fetch handler, for whatever serves it. Explained in docs/how-to/serve-over-http.md
import { httpHandler, type Who } from '@hospital-crm/adapters/http'
import type { Crm } from '@hospital-crm/core'

/** Stands for the host's own sessions: who has which token. */
const sessions: Readonly<Record<string, Who>> = {
  'li-token': { tenant: 'xuzhou', actor: { id: 'li', roles: ['admin'] } },
}

// #region handler
export const handlerOf = (crm: Crm) =>
  httpHandler({
    crm,
    base: '/crm',
    identify: (request) => sessions[request.headers.get('authorization')?.slice(7) ?? ''],
    document: { title: '徐州市中心医院', security: { bearer: { type: 'http', scheme: 'bearer' } } },
  })
// #endregion handler
