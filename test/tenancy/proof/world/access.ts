import { SystemDb } from '#core/database/system-db.js';
import type { RunningApp } from '../../../support/app.js';
import { expectStatus, type Client } from '../../../support/as.js';
import type { Say } from './side.js';

export type AccessIdKind =
  | 'role'
  | 'invitation'
  | 'ssoConnection'
  | 'ssoDomain'
  | 'directoryUser'
  | 'directoryGroup'
  | 'call';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Everything of one organization that is about who may come in: roles, invitations, sign-in, directory, keys. */
export async function fillAccess(
  running: RunningApp,
  owner: Client,
  key: { id: string; client: Client },
  organizationId: string,
  membershipId: string,
  say: Say,
): Promise<{ ids: Record<AccessIdKind, string>; domain: string }> {
  const role = await made(
    owner.post('/roles', {
      name: say('role'),
      description: say('role-description'),
      permissions: ['tickets:read'],
    }),
  );
  const domain = `${say('domain').replaceAll('_', '-')}.example`;
  await well(owner.patch('/organization/security', { allowedDomains: ['desk.example', domain] }));
  // A picture is a picture whatever is written behind its end.
  const picture = Buffer.concat([PNG, Buffer.from(say('logo'))]);
  const asPicture = { headers: { 'content-type': 'image/png' } };
  await well(owner.put('/organization/logo', picture, asPicture));
  const invitation = await made(
    owner.post('/invitations', { email: `${say('invited')}@${domain}`, role: role.id }),
  );
  const connection = await made(
    owner.post('/sso/connections', {
      name: say('connection'),
      issuer: `https://${say('issuer')}.example`,
      clientId: say('client'),
      clientSecret: say('client-secret'),
      role: role.id,
    }),
  );
  const ssoDomain = await made(owner.post('/sso/domains', { domain, connectionId: connection.id }));
  await running.get(SystemDb).transactionIn(organizationId, (tx) =>
    tx.ssoSubject.create({
      data: {
        organizationId,
        connectionId: connection.id,
        subject: say('subject'),
        membershipId,
      },
      select: { subject: true },
    }),
  );
  const asScim = { headers: { 'content-type': 'application/scim+json' } };
  const user = await key.client.post(
    '/scim/v2/Users',
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: `${say('directory')}@${domain}`,
      externalId: say('external'),
      name: { givenName: say('given'), familyName: say('family') },
      active: true,
    },
    asScim,
  );
  const group = await key.client.post(
    '/scim/v2/Groups',
    {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: say('group'),
      externalId: say('external-group'),
      members: [{ value: scim(user).id }],
    },
    asScim,
  );
  const calls = await calledOnce(owner, key.id);
  return {
    ids: {
      role: role.id,
      invitation: invitation.id,
      ssoConnection: connection.id,
      ssoDomain: ssoDomain.id,
      directoryUser: scim(user).id,
      directoryGroup: scim(group).id,
      call: calls[0]!.id,
    },
    domain,
  };
}

/** The calls of a key, once they are written: they are, beside the requests, within a second or two. */
async function calledOnce(owner: Client, keyId: string): Promise<{ id: string }[]> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { data } = expectStatus(await owner.get(`/api-keys/${keyId}/calls`), 200).body;
    if (data.length > 0) return data;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no call of the key was written down');
}

async function made(answer: ReturnType<Client['post']>): Promise<any> {
  return expectStatus(await answer, 201).body.data;
}

async function well(answer: ReturnType<Client['put']>): Promise<void> {
  expectStatus(await answer, 200);
}

function scim(answer: Awaited<ReturnType<Client['post']>>): any {
  const { text } = expectStatus(answer, 201);
  return JSON.parse(text);
}
