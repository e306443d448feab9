import type { INestApplicationContext } from '@nestjs/common';
import { runInContext } from '#core/context/context.js';
import { SystemDb } from '#core/database/system-db.js';
import { Founding, hashPassword } from '#modules/auth/founding.service.js';
import { MessagesService } from '#modules/tickets/messages.service.js';
import { TicketsService } from '#modules/tickets/tickets.service.js';
import { IdentitiesService } from '#modules/users/identities.service.js';
import { DEMO_ORGANIZATIONS, DEMO_PASSWORD, type DemoOrganization } from './demo-data.js';

export interface DemoSignIn {
  organization: string;
  email: string;
  password: string;
}

/** Fills an empty database with two organizations, through the services. Gives the sign-ins; does nothing twice. */
export async function seedDemo(app: INestApplicationContext): Promise<DemoSignIn[]> {
  const system = app.get(SystemDb);
  const known = await app
    .get(IdentitiesService)
    .findByEmail(DEMO_ORGANIZATIONS[0]!.people[0]!.email);
  const others = await system.client.organization.count();
  if (!known && others > 0) return [];
  if (!known)
    for (const organization of DEMO_ORGANIZATIONS) await seedOrganization(app, organization);
  return DEMO_ORGANIZATIONS.flatMap(({ name, people }) =>
    people.map(({ email }) => ({ organization: name, email, password: DEMO_PASSWORD })),
  );
}

async function seedOrganization(
  app: INestApplicationContext,
  demo: DemoOrganization,
): Promise<void> {
  const [owner, ...others] = demo.people;
  const founding = app.get(Founding);
  const founder = {
    organizationName: demo.name,
    name: owner!.name,
    email: owner!.email,
    passwordHash: await hashPassword(DEMO_PASSWORD),
  };
  const how = { method: 'link', secondFactor: false } as const;
  const { signedIn } = await founding.found(founder, how);
  const organizationId = signedIn.organization.id;
  const ids = [signedIn.user.id];
  for (const person of others)
    ids.push(await founding.addPerson(organizationId, { ...person, password: DEMO_PASSWORD }));
  for (const [index, ticket] of demo.tickets.entries()) {
    await runInContext(
      {
        requestId: 'demo',
        organizationId,
        actor: { type: 'user', id: ids[0]!, name: owner!.name },
      },
      async () => {
        const assigneeId = ticket.assigned ? ids[1] : undefined;
        const { id } = await app
          .get(TicketsService)
          .create({ ...ticket, ...(assigneeId ? { assigneeId } : {}) });
        if (ticket.note)
          await app.get(MessagesService).add(id, { kind: 'note', body: ticket.note });
        if (index % 4 === 3) await app.get(TicketsService).update(id, { status: 'pending' });
      },
    );
  }
}
