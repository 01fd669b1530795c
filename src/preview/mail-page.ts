import { escapeHtml } from '../base/escape.js';
import { hashSource } from '../base/hash-source.js';
import type { MailContent } from '../ports/mail-renderer.js';

const mailPageStyle = `
:root { color-scheme: light dark; }
body { margin: 1rem; font: 15px/1.45 system-ui, sans-serif; }
h1 { font-size: 1.1rem; }
iframe { width: 100%; height: 75vh; border: 1px solid #888; background: #fff; }
iframe.phone { width: 390px; }
pre { padding: 1rem; border: 1px solid #888; white-space: pre-wrap; overflow-wrap: anywhere; }
`;

const mailPagePolicy = `default-src 'none'; style-src ${hashSource(mailPageStyle)}; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`;

/** A mail as readers see it: subject, HTML part at the width of a desktop and of a phone, text part. */
export function mailPage({ subject, text, html }: MailContent): {
  readonly page: string;
  readonly policy: string;
} {
  const kilobytes = (Buffer.byteLength(html) / 1000).toFixed(1);
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Mail</title>
<style>${mailPageStyle}</style>
</head>
<body>
<h1>${escapeHtml(subject)}</h1>
<h2>HTML part, ${kilobytes} KB</h2>
<iframe src="/mail/body.html" title="HTML part" sandbox="allow-same-origin"></iframe>
<h2>HTML part on a phone</h2>
<iframe class="phone" src="/mail/body.html" title="HTML part on a phone" sandbox="allow-same-origin"></iframe>
<h2>Text part</h2>
<pre>${escapeHtml(text)}</pre>
</body>
</html>
`;
  return { page, policy: mailPagePolicy };
}
