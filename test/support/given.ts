import { randomUUID } from 'node:crypto';
import { newId } from '#core/context/ids.js';
import type { Permission, Role } from '#core/tenancy/permissions.js';
import type { ApiKeyDto, CreatedApiKeyDto } from '#modules/integrations/dto/api-key.dto.js';
import { Founding, hashPassword } from '#modules/auth/founding.service.js';
import { SignIn } from '#modules/auth/sign-in.service.js';
import type { OrganizationDto } from '#modules/organizations/dto/organization.dto.js';
import type { MessageDto } from '#modules/tickets/dto/message.dto.js';
import type { TicketDto } from '#modules/tickets/dto/ticket.dto.js';
import type { UserDto } from '#modules/users/dto/user.dto.js';
import { UsersService } from '#modules/users/users.service.js';
import type { RunningApp } from './app.js';
import { Client, expectStatus } from './as.js';

export const PASSWORD = 'correct horse battery';

/** A caller of which more is known than the token. */
export class Person extends Client {
  constructor(
    running: RunningApp,
    token: string,
    readonly user: UserDto,
  ) {
    super(running.app, token);
  }
}

/** A caller that is a program. */
export class Integration extends Client {
  constructor(
    running: RunningApp,
    secret: string,
    readonly key: ApiKeyDto,
  ) {
    super(running.app, secret);
  }
}

/** What tests begin with. Every organization is a new one. */
export class Given {
  constructor(private readonly running: RunningApp) {}

  /** A fresh organization with its owner, signed in. Made by the services: a registration goes by mail. */
  async organization(name = 'Acme Support'): Promise<GivenOrganization> {
    const founder = {
      organizationName: name,
      name: 'Olga Owner',
      email: addressOf('owner'),
      passwordHash: await passwordHash(),
    };
    const { signedIn } = await this.running
      .get(Founding)
      .found(founder, { method: 'password', secondFactor: false });
    const { accessToken, user, organization } = signedIn;
    return new GivenOrganization(
      this.running,
      organization,
      new Person(this.running, accessToken, user),
    );
  }
}

/** The hash of {@link PASSWORD}, made once: hashing is slow by intent. */
let hashed: Promise<string> | undefined;
const passwordHash = (): Promise<string> => (hashed ??= hashPassword(PASSWORD));

/** An organization and what can be put into it. */
export class GivenOrganization {
  constructor(
    private readonly running: RunningApp,
    readonly organization: OrganizationDto,
    readonly owner: Person,
  ) {}

  get id(): string {
    return this.organization.id;
  }

  /** A further person, signed in. Made by the services: there is no route that makes people, and hashing is slow. */
  async user(role: Role, name = `${role} person`): Promise<Person> {
    const identityId = newId();
    const email = addressOf(role);
    const how = { method: 'password', secondFactor: false } as const;
    // The password of everybody, and its hash as it is: a second one would cost what the first did.
    const person = { id: identityId, email, name, passwordHash: await passwordHash() };
    const { signedIn } = await this.running.get(SignIn).openAt(this.id, how, async (tx) => {
      await tx.identity.create({ data: person, select: { id: true } });
      const { id } = await this.running
        .get(UsersService)
        .join(tx, this.id, { identityId, name, role });
      return { organizationId: this.id, membershipId: id, identityId };
    });
    return new Person(this.running, signedIn.accessToken, signedIn.user);
  }

  /** A ticket made by `by`, the owner if not said. */
  async ticket(fields: Record<string, unknown> = {}, by: Client = this.owner): Promise<TicketDto> {
    return expectStatus(await by.post('/tickets', newTicket(fields)), 201).body.data;
  }

  async message(
    ticketId: string,
    kind: 'reply' | 'note',
    body = 'We are looking into it.',
  ): Promise<MessageDto> {
    return expectStatus(await this.owner.post(`/tickets/${ticketId}/messages`, { kind, body }), 201)
      .body.data;
  }

  /** A key with `scopes` and the caller that holds it. */
  async apiKey(
    scopes: Permission[],
    more: { name?: string; expiresAt?: string } = {},
  ): Promise<Integration> {
    const body = { name: 'Web shop', scopes, ...more };
    const { secret, ...key } = expectStatus(await this.owner.post('/api-keys', body), 201).body
      .data as CreatedApiKeyDto;
    return new Integration(this.running, secret, key);
  }

  /** What was done, in order: the log without the notes of new addresses, which come a moment after a key is used. */
  async events(after = 0): Promise<any[]> {
    const all = await this.wholeLog(after);
    return all.filter(({ type }) => type !== 'api_key.used_from_new_address');
  }

  /** Everything in the log so far, in order. */
  async wholeLog(after = 0): Promise<any[]> {
    return expectStatus(await this.owner.get(`/events?after=${after}&limit=1000`), 200).body.data;
  }
}

/** A body for `POST /tickets`. */
export function newTicket(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    subject: 'The printer is on fire',
    body: 'It says PC LOAD LETTER.',
    requester: { email: 'rita@customer.example', name: 'Rita Requester' },
    ...fields,
  };
}

/** An address that no other test has. */
export function addressOf(who: string): string {
  return `${who}-${randomUUID()}@desk.example`;
}
