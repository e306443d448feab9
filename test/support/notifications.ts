import { runInContext } from '#core/context/context.js';
import { NotificationMails } from '../../apps/api/src/modules/notifications/notification-mails.service.js';
import { NotificationPosting } from '../../apps/api/src/modules/notifications/notification-posting.service.js';
import type { RunningApp } from './app.js';
import { expectStatus } from './as.js';
import type { GivenOrganization, Person } from './given.js';
import { noticesTo, type ReadNotice } from './notices.js';

/** Which work each event is for, as the jobs have it. */
const WORK = {
  'ticket.noted': 'mentioned',
  'ticket.assigned': 'assigned',
  'ticket.message_received': 'customerReplied',
  'ticket.created': 'created',
} as const;

/** Does by hand what the jobs of the events of `desk` do, of those after `after` or of all. Gives where the log ends. */
export async function notificationJobsRun(
  running: RunningApp,
  desk: GivenOrganization,
  after = 0,
): Promise<number> {
  const posting = running.get(NotificationPosting);
  const events = await desk.events(after);
  for (const { id, type, subject, actor, data, depth } of events) {
    const work = WORK[type as keyof typeof WORK];
    const event = { id, subjectId: subject.id, actor, data, depth };
    const context = { requestId: 'test', organizationId: desk.id };
    if (work) await runInContext(context, () => posting[work](event));
  }
  return events.at(-1)?.seq ?? after;
}

/** Queues what is to be mailed, as the worker's sweep does. */
export async function notificationMailsQueued(running: RunningApp): Promise<void> {
  while (await running.get(NotificationMails).sweep());
}

/** The mails to `person` so far, with those that are due. */
export async function mailsTo(running: RunningApp, { user }: Person): Promise<ReadNotice[]> {
  await notificationMailsQueued(running);
  return noticesTo(running, user.email);
}

/** What `person` was told of, with `query` of the list. */
export async function told(person: Person, query = ''): Promise<any> {
  return expectStatus(await person.get(`/me/notifications${query}`), 200).body;
}

/** Chooses how `person` is told for the reasons of `choices`. */
export async function choose(
  person: Person,
  choices: Record<string, { inApp: boolean; mail: string }>,
  more: Record<string, unknown> = {},
): Promise<any> {
  const before = expectStatus(await person.get('/me/notification-preferences'), 200).body.data;
  const reasons = Object.entries(choices).map(([reason, choice]) => ({ reason, ...choice }));
  const wanted = { ...before, reasons, ...more };
  return expectStatus(await person.put('/me/notification-preferences', wanted), 200).body.data;
}
