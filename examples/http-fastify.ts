import { getRequestListener } from '@hono/node-server'
import type { Crm } from '@hospital-crm/core'
import fastify from 'fastify'
import { handlerOf } from './http-handler.ts'

// #region fastify
export const main = async (crm: Crm, port = 0) => {
  const app = fastify()
  const listen = getRequestListener(handlerOf(crm))
  app.register(async (scope) => {
    // The handler reads its bodies itself.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.all('/crm/*', async ({ raw }, reply) => {
      reply.hijack()
      await listen(raw, reply.raw)
    })
  })
  app.get('/', async () => 'the host’s own page')
  await app.listen({ port, host: '127.0.0.1' })
  return app.server
}
// #endregion fastify
