import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Crm } from '@hospital-crm/core'
import { handlerOf } from './http-handler.ts'

// #region node
export const main = (crm: Crm, port = 0) =>
  createServer(getRequestListener(handlerOf(crm))).listen(port, '127.0.0.1')
// #endregion node
