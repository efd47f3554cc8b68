import { createPrivateKey } from 'node:crypto'

const certificate =
  'MIIBqTCCAU+gAwIBAgIUaF1pfJhhrwGJUqEHAGYjbxLuUfIwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxo' +
  'b3N0MCAXDTI2MTEyMjEwMDUxNFoYDzIxMjYxMDI5MTAwNTE0WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcq' +
  'hkjOPQIBBggqhkjOPQMBBwNCAATDWt+tLn73KDgNhKfpkGojDfZelIRviLvdu3wmPVNLScfPsh/p/THzgCHpm2nb' +
  'TEWi+9IY4O8q5OBP9AIKWH0co30wezAdBgNVHQ4EFgQUM8Jpe+fIKEjpHptZXgEXpraNmygwHwYDVR0jBBgwFoAU' +
  'M8Jpe+fIKEjpHptZXgEXpraNmygwDwYDVR0TAQH/BAUwAwEB/zAoBgNVHREEITAfgglsb2NhbGhvc3SCDGhvb2su' +
  'ZXhhbXBsZYcEfwAAATAKBggqhkjOPQQDAgNIADBFAiAaLZ4qZHC66jAIi6opetPxXIVq+9SJ9ObKEmUH2qGBRAIh' +
  'AJi0QmHP8LptIqBBHs0EqiKH3s1tRslvojVhWZkuBDvM'
const key =
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgaKglD+ZHrhKhkjZ69i+aaJkVlBR6UtRomF05TjRS' +
  'o8uhRANCAATDWt+tLn73KDgNhKfpkGojDfZelIRviLvdu3wmPVNLScfPsh/p/THzgCHpm2nbTEWi+9IY4O8q5OBP' +
  '9AIKWH0c'

const pem = (label: string, der: string) =>
  `-----BEGIN ${label}-----\n${der.replace(/.{64}/g, '$&\n')}\n-----END ${label}-----\n`

/** A certificate made for these tests, its own authority, for `localhost`, `hook.example` and 127.0.0.1 until 2126. */
export const cert = pem('CERTIFICATE', certificate)

/** Its key, which guards nothing. */
export const certKey = createPrivateKey({
  key: Buffer.from(key, 'base64'),
  format: 'der',
  type: 'pkcs8',
}).export({ format: 'pem', type: 'pkcs8' })
