import { address } from './chromium.js';

/** A mail to somebody about their account. */
export interface AccountMail {
  subject: string;
  text: string;
  /** Where its link leads, without the desk's own address. */
  path: string;
}

async function read<T>(route: string): Promise<T> {
  const answer = await fetch(`${address}/api/v1/development/notices${route}`);
  if (!answer.ok) throw new Error(`reading the mails answered ${answer.status}`);
  return ((await answer.json()) as { data: T }).data;
}

const patienceMs = 30_000;
const pauseMs = 100;

/** The newest mail of `kind` to somebody, once it is sent; `after` are those that are known already. */
export async function mailTo(email: string, kind: string, after = 0): Promise<AccountMail> {
  const until = Date.now() + patienceMs;
  while (Date.now() < until) {
    const all = await read<{ id: string; kind: string; to: string; status: string }[]>('?limit=50');
    const ours = all.filter((mail) => mail.to === email && mail.kind === kind);
    if (ours.length > after && ours[0]!.status === 'sent') {
      const { subject, text } = await read<{ subject: string; text: string }>(`/${ours[0]!.id}`);
      return { subject, text, path: /https?:\/\/[^/\s]+(\/\S+)/.exec(text)?.[1] ?? '' };
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(`no mail ${kind} came to ${email}`);
}

/** The token of a mail's link. */
export function tokenOf({ path }: AccountMail): string {
  return new URLSearchParams(path.split('?')[1]).get('token') ?? '';
}
