import { TicketIntake } from '#modules/tickets/ticket-intake.service.js';
import { runInContext } from '#core/context/context.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import { useApp } from '../../support/app.js';
import { newTicket } from '../../support/given.js';

const running = await useApp();
const { given } = running;

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
const sorted = (numbers: number[]): number[] => [...numbers].sort((a, b) => a - b);

describe('the numbers of tickets', () => {
  it('have no gap and no double under 50 at once, all from one new requester', async () => {
    const desk = await given.organization();

    const answers = await Promise.all(upTo(50).map(() => desk.owner.post('/tickets', newTicket())));

    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    const tickets = answers.map(({ body }) => body.data as TicketDto);
    expect(sorted(tickets.map(({ number }) => number))).toEqual(upTo(50));
    expect(new Set(tickets.map(({ requester }) => requester.id)).size).toBe(1);
  });

  it('have none under 50 at once from 50 new requesters either', async () => {
    const desk = await given.organization();

    const answers = await Promise.all(
      upTo(50).map((n) =>
        desk.owner.post('/tickets', newTicket({ requester: { email: `r${n}@customer.example` } })),
      ),
    );

    const tickets = answers.map(({ body }) => body.data as TicketDto);
    expect(sorted(tickets.map(({ number }) => number))).toEqual(upTo(50));
    expect(new Set(tickets.map(({ requester }) => requester.id)).size).toBe(50);
  });

  it('are counted for each organization by itself', async () => {
    const desks = await Promise.all([given.organization(), given.organization()]);

    const tickets = await Promise.all(upTo(10).map((n) => desks[n % 2]!.ticket()));

    expect(sorted(tickets.map(({ number }) => number))).toEqual(sorted([...upTo(5), ...upTo(5)]));
  });

  it('skip none for creations that fail', async () => {
    const desk = await given.organization();

    const answers = await Promise.all(
      upTo(30).map((n) =>
        desk.owner.post(
          '/tickets',
          newTicket(n % 3 === 0 ? { assigneeId: '01900000-0000-7000-8000-000000000000' } : {}),
        ),
      ),
    );

    const numbers = answers
      .filter(({ status }) => status === 201)
      .map(({ body }) => body.data.number as number);
    expect(sorted(numbers)).toEqual(upTo(20));
  });

  it('are one sequence for the API and the mail', async () => {
    const desk = await given.organization();
    const byMail = (n: number) =>
      runInContext({ requestId: `mail-${n}`, organizationId: desk.id }, () =>
        running.get(TenantDb).transaction((tx) =>
          running.get(TicketIntake).open(tx, {
            from: { email: 'rita@customer.example', name: 'Rita' },
            subject: 'By mail',
            body: 'Hello',
            ...{ html: null, quote: null, cc: [], mailMessageId: null },
            ...{ attachmentCount: 0, isPersonal: true },
          }),
        ),
      );

    const made = await Promise.all([
      ...upTo(10).map(async () => (await desk.ticket()).number),
      ...upTo(10).map(async (n) => (await byMail(n)).ticketNumber),
    ]);

    expect(sorted(made)).toEqual(upTo(20));
  });

  it('stand in the log as they were given', async () => {
    const desk = await given.organization();
    const tickets = await Promise.all(upTo(10).map(() => desk.ticket()));

    const created = (await desk.events()).filter(({ type }) => type === 'ticket.created');

    expect(created).toHaveLength(10);
    for (const { subject, data } of created) {
      const ticket = tickets.find(({ id }) => id === subject.id)!;
      expect(data).toMatchObject({ number: ticket.number, requesterId: ticket.requester.id });
    }
  });
});
