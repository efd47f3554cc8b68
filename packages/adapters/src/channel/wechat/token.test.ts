import { describe, expect, it } from 'vitest'
import { type Grant, keptToken } from './token.ts'

const source = (...grants: (Grant | Error)[]) => {
  let time = 0
  let asked = 0
  const ask = async () => {
    const grant = grants[asked++]
    if (grant instanceof Error || !grant) throw grant
    return grant
  }
  const pass = (seconds: number) => {
    time += seconds * 1000
  }
  return { ...keptToken(ask, () => time), pass, asked: () => asked }
}
const grant = (token: string, seconds = 7200) => ({ token, seconds })

describe('a kept token', () => {
  it('is kept until five minutes before its end', async () => {
    const { get, pass, asked } = source(grant('a'), grant('b'))
    expect(await get()).toMatchObject({ token: 'a' })
    pass(6899)
    expect(await get()).toMatchObject({ token: 'a' })
    pass(1)
    expect(await get()).toMatchObject({ token: 'b' })
    expect(asked()).toBe(2)
  })

  it('is asked for once by all who need it at the same time', async () => {
    const { get, asked } = source(grant('a'))
    const tokens = await Promise.all([get(), get(), get()])
    expect(tokens).toMatchObject([{ token: 'a' }, { token: 'a' }, { token: 'a' }])
    expect(asked()).toBe(1)
  })

  it('is asked for anew after a refusal or a fault, which are not kept', async () => {
    const { get } = source({ code: 'token-40125' }, new Error('gone'), grant('a'))
    expect(await get()).toEqual({ code: 'token-40125' })
    await expect(get()).rejects.toThrow('gone')
    expect(await get()).toMatchObject({ token: 'a' })
  })

  it('that is dropped late does not take its successor along', async () => {
    const { get, drop, asked } = source(grant('a'), grant('b'))
    await get()
    drop('a')
    await get()
    drop('a')
    expect(await get()).toMatchObject({ token: 'b' })
    expect(asked()).toBe(2)
  })
})
