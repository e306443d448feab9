import { domainToASCII } from 'node:url';

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const LONGEST = 253;

/** Where everybody has an address, so that an address there says nothing of whom somebody works for. */
const PUBLIC_PROVIDERS = new Set(
  `gmail.com googlemail.com outlook.com outlook.de outlook.fr hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.it
  live.com live.co.uk live.de live.fr live.nl msn.com passport.com yahoo.com yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.de yahoo.fr
  yahoo.es yahoo.it yahoo.ca yahoo.com.br yahoo.com.au ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com
  proton.me protonmail.com protonmail.ch pm.me gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de arcor.de
  mail.com email.com mail.ru bk.ru inbox.ru list.ru yandex.com yandex.ru ya.ru rambler.ru qq.com foxmail.com 163.com 126.com
  yeah.net sina.com sohu.com naver.com daum.net hanmail.net zoho.com zohomail.com fastmail.com fastmail.fm hey.com tuta.com
  tutanota.com hushmail.com posteo.de mailbox.org orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr libero.it
  virgilio.it tiscali.it alice.it tin.it comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net
  earthlink.net btinternet.com virginmedia.com sky.com talktalk.net ntlworld.com bigpond.com optusnet.com.au rogers.com
  shaw.ca sympatico.ca telus.net uol.com.br bol.com.br terra.com.br ig.com.br telenet.be skynet.be ziggo.nl kpnmail.nl
  xs4all.nl bluewin.ch seznam.cz wp.pl o2.pl onet.pl interia.pl abv.bg rediffmail.com maktoob.com`.split(
    /\s+/,
  ),
);

/** What `text` is as a domain of a company: in the ASCII form that DNS knows (RFC 5890), or why it is none. */
export type MailDomain =
  { domain: string } | { problem: 'is not a domain' | 'is of a public mail provider' };

/** Reads a domain that a person wrote, with or without the `@` before it. */
export function mailDomain(text: string): MailDomain {
  const written = text.trim().toLowerCase().replace(/^@/, '').replace(/\.$/, '');
  // Read as the host of a URL: what ends a host would be cut off and not refused.
  const domain = /[/\\?#@:%]/.test(written) ? '' : domainToASCII(written);
  const labels = domain.split('.');
  const isDomain =
    domain.length <= LONGEST &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    // All digits at the end is an IPv4 address.
    /[a-z]/.test(labels.at(-1)!);
  if (!isDomain) return { problem: 'is not a domain' };
  return PUBLIC_PROVIDERS.has(domain) ? { problem: 'is of a public mail provider' } : { domain };
}
