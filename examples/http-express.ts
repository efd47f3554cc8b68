import { getRequestListener } from '@hono/node-server'
import type { Crm } from '@hospital-crm/core'
import express from 'express'
import { handlerOf } from './http-handler.ts'

// #region express
export const main = (crm: Crm, port = 0) => {
  const app = express()
  // Before `express.json()`: the handler reads its bodies itself.
  app.all('/crm/{*path}', getRequestListener(handlerOf(crm)))
  app.get('/', (_, response) => void response.send('the host’s own page'))
  return app.listen(port, '127.0.0.1')
}
// #endregion express
