import { outsideKey } from '../lanes.ts'

export const token = 'only-the-mail-server-was-told'
export const url = 'https://crm.example/channels/email/receipts'
export const from = 'crm@hospital.example'
export const to = 'wang@example.org'
export const id = outsideKey({ id: 'm1', to, text: '您好' })

/** A mail as a mail server posts it. */
export const posted = (mail: string, at = `${url}?token=${token}`): Request =>
  new Request(at, {
    method: 'POST',
    body: mail.replaceAll('\n', '\r\n'),
    headers: { 'content-type': 'message/rfc822' },
  })

/** A report as RFC 3464 shows it. */
export const report = (
  status: string,
  { envelope = '', returned = `Message-ID: <${id}@hospital.example>\nSubject: Hello\n` } = {},
) => `Date: Thu, 07 Jul 1994 17:16:05 -0400
From: Mail Delivery Subsystem <MAILER-DAEMON@CS.UTK.EDU>
Message-Id: <199407072116.RAA14128@CS.UTK.EDU>
Subject: Returned mail: Cannot send message for 5 days
To: <${from}>
MIME-Version: 1.0
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status;
      boundary="RAA14128.773615765/CS.UTK.EDU"

--RAA14128.773615765/CS.UTK.EDU

   ----- The following addresses had delivery problems -----
<${to}>  (unrecoverable error)

--RAA14128.773615765/CS.UTK.EDU
content-type: message/delivery-status

Reporting-MTA: dns; cs.utk.edu
${envelope}
${status}

--RAA14128.773615765/CS.UTK.EDU
content-type: text/rfc822-headers

${returned}
--RAA14128.773615765/CS.UTK.EDU--
`
export const failed = `Original-Recipient: rfc822;${to}
Final-Recipient: rfc822;${to}
Action: failed
Status: 5.1.1 (no such mailbox ${to})
Diagnostic-Code: smtp; 550 <${to}> unknown`

/** What somebody answers. */
export const answer = (text: string, more = '', subject = 'Re: 出院随访') => `From: 王秀英 <${to}>
To: ${from}
Message-ID: <answer@example.org>
Subject: ${subject}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
${more}
${text}
`
