import { domainToASCII } from 'node:url';

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const LONGEST = 253;

/** Where everybody has an address: nobody's own. */
const MAIL_PROVIDERS = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com rocketmail.com icloud.com
  me.com mac.com aol.com proton.me protonmail.com pm.me gmx.com gmx.de gmx.net web.de t-online.de freenet.de
  mail.com mail.ru yandex.com yandex.ru qq.com 163.com 126.com zoho.com fastmail.com hey.com tutanota.com
  hushmail.com orange.fr free.fr laposte.net libero.it comcast.net verizon.net btinternet.com`.split(
    /\s+/,
  ),
);

/** Common suffixes under which others register their names: a short list, not the whole one (publicsuffix.org). */
const SHARED_SUFFIXES = new Set(
  `co.uk org.uk ac.uk gov.uk me.uk ltd.uk plc.uk com.au net.au org.au edu.au co.nz org.nz co.jp ne.jp or.jp ac.jp
  co.kr or.kr com.br net.br org.br com.mx com.ar com.co com.cn net.cn org.cn com.tw com.hk com.sg com.my co.in
  net.in org.in co.za org.za com.tr com.ua com.pl co.il org.il co.id com.ph com.vn co.th com.eg com.sa github.io
  gitlab.io herokuapp.com vercel.app netlify.app pages.dev workers.dev web.app firebaseapp.com azurewebsites.net
  cloudfront.net s3.amazonaws.com appspot.com blogspot.com fly.dev onrender.com`.split(/\s+/),
);

/**
 * `text` as a domain that an organization can own, in the ASCII form that DNS knows (RFC 5890); null for anything else: an
 * address, a bare top-level domain, a suffix that others register under, a provider of mailboxes for everybody.
 */
export function ownableDomain(text: string): string | null {
  // Read as the host of a URL: what ends a host would be cut off and not refused.
  if (/[/\\?#@:%]/.test(text)) return null;
  const domain = domainToASCII(text.trim().toLowerCase().replace(/\.$/, ''));
  const labels = domain.split('.');
  if (domain.length > LONGEST || labels.length < 2) return null;
  if (!labels.every((label) => LABEL.test(label))) return null;
  // All digits at the end is an IPv4 address in one of its forms.
  if (!/[a-z]/.test(labels.at(-1)!)) return null;
  return MAIL_PROVIDERS.has(domain) || SHARED_SUFFIXES.has(domain) ? null : domain;
}

/** The domain of an address, in the same form; null when it has none. */
export function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@');
  if (at < 1 || /[/\\?#:%]/.test(email.slice(at))) return null;
  return (
    domainToASCII(
      email
        .slice(at + 1)
        .trim()
        .toLowerCase(),
    ) || null
  );
}

/** Where the proof of a domain stands. */
export function proofName(domain: string): string {
  return `_manydesk.${domain}`;
}

/** What stands there. */
export function proofText(proof: string): string {
  return `manydesk-verification=${proof}`;
}
