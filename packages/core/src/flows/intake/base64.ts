const chunk = 0x8000

/** Bytes as base64 text. */
export const textOf = (bytes: Uint8Array): string => {
  let binary = ''
  for (let at = 0; at < bytes.length; at += chunk) {
    binary += String.fromCharCode(...bytes.subarray(at, at + chunk))
  }
  return btoa(binary)
}

/** The bytes of a base64 text. */
export const bytesOf = (text: string): Uint8Array => {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
}
