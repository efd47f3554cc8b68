import type { Catalogue } from '@hospital-crm/core'

/** What the handler itself refuses, in words for people. */
export const words: Readonly<Record<string, Catalogue>> = {
  en: {
    'refusal.http.unauthenticated': 'Say who you are first.',
    'refusal.http.unknown-path': 'There is nothing here.',
    'refusal.http.too-large': 'The body is larger than allowed.',
    'refusal.http.not-json': 'The body is not JSON in UTF-8, or is not declared as such.',
    'refusal.http.malformed-header': 'A header does not have the right form.',
    'refusal.http.failed': 'Something failed. Make the same call again, under the same key.',
  },
  'zh-CN': {
    'refusal.http.unauthenticated': '请先登录。',
    'refusal.http.unknown-path': '此处没有内容。',
    'refusal.http.too-large': '请求体超过允许的大小。',
    'refusal.http.not-json': '请求体不是 UTF-8 编码的 JSON,或未如此声明。',
    'refusal.http.malformed-header': '请求头格式不正确。',
    'refusal.http.failed': '系统出错,请用同一幂等键重试。',
  },
}
