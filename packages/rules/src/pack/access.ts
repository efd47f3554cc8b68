import * as z from 'zod'

/**
 * What a role may do. `may` lists verbs, `kind.command` or `kind.read`, with `*` for any command or
 * anything. With `where`, only on records whose attribute names the actor (`self`) or meets the
 * actor's scope of the same name (`scope`). `opens` is the highest level of personal data shown plain.
 * `breaksGlass` lets the role see any record plain in an emergency, for a reason that the log keeps.
 */
export const AccessRule = z.strictObject({
  role: z.string().min(1),
  may: z.array(z.string().regex(/^(\*|[a-z-]+\.(\*|[a-z-]+))$/)).min(1),
  where: z.record(z.string(), z.enum(['self', 'scope'])).optional(),
  opens: z.int().min(0).max(5).default(0),
  breaksGlass: z.boolean().optional(),
})
export type AccessRule = z.infer<typeof AccessRule>
