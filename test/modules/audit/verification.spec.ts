import { useApp } from '../../support/app.js';
import { expectStatus } from '../../support/as.js';
import { asOwner } from '../../support/database.js';
import type { GivenOrganization } from '../../support/given.js';

const running = await useApp();
const { given } = running;

const verify = async (organization: GivenOrganization, query = ''): Promise<any> =>
  expectStatus(await organization.owner.get(`/audit/verification${query}`), 200).body.data;

/** Does to the log what nobody but the owner of the tables could do. */
async function tamper(organization: GivenOrganization, sql: string): Promise<void> {
  await asOwner(running.database, async (client) => {
    await client.query("select set_config('app.organization_id', $1, false)", [organization.id]);
    await client.query(sql);
  });
}

async function withTickets(): Promise<GivenOrganization> {
  const organization = await given.organization();
  for (let n = 0; n < 6; n += 1)
    await organization.ticket({ subject: `Größe ${n} "quoted" \u2028` });
  await organization.apiKey(['tickets:read'], { expiresAt: '2999-01-01T00:00:00.000Z' });
  return organization;
}

describe('a log that nobody touched', () => {
  it('is valid from its first event to its head', async () => {
    const acme = await withTickets();
    const events = await acme.events();

    const verdict = await verify(acme);

    expect(verdict).toEqual({
      valid: true,
      complete: true,
      events: events.length,
      erased: 0,
      fromSeq: 1,
      toSeq: events.length,
      firstBroken: null,
      problem: null,
      headSeq: events.length,
      headHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      nextAfter: null,
    });
  });

  it('is verified in several goes, each linked to the one before', async () => {
    const acme = await withTickets();
    const first = await verify(acme, '?limit=4');
    const second = await verify(acme, `?after=${first.nextAfter}&limit=100`);

    expect(first).toMatchObject({
      valid: true,
      complete: false,
      events: 4,
      toSeq: 4,
      nextAfter: 4,
    });
    expect(second).toMatchObject({ valid: true, complete: true, fromSeq: 5, nextAfter: null });
    expect(await verify(acme, '?after=1000000')).toMatchObject({
      valid: true,
      events: 0,
      fromSeq: null,
    });
  });

  it('stays valid when personal data is erased', async () => {
    const acme = await withTickets();
    await tamper(acme, 'update ledger_events set data = null, changes = null where seq = 4');

    expect(await verify(acme)).toMatchObject({ valid: true, complete: true, erased: 1 });
  });
});

describe('a log that somebody changed', () => {
  it.each<[string, string, number]>([
    [
      'a word of what it says',
      `update ledger_events set data = data || '{"subject":"x"}' where seq = 5`,
      5,
    ],
    ['what became of a field', `update ledger_events set changes = '{"a":[1,2]}' where seq = 5`, 5],
    ['its type', `update ledger_events set type = 'ticket.closed' where seq = 5`, 5],
    [
      'its time',
      `update ledger_events set occurred_at = occurred_at - interval '1 ms' where seq = 5`,
      5,
    ],
    ['who did it', `update ledger_events set actor_id = gen_random_uuid() where seq = 5`, 5],
    ['the kind of who did it', `update ledger_events set actor_type = 'system' where seq = 5`, 5],
    ['for whom', `update ledger_events set on_behalf_of = gen_random_uuid() where seq = 5`, 5],
    [
      'what it was done to',
      `update ledger_events set subject_id = gen_random_uuid() where seq = 5`,
      5,
    ],
    ['its request', `update ledger_events set request_id = 'another' where seq = 5`, 5],
    ['its cause', `update ledger_events set causation_id = gen_random_uuid() where seq = 5`, 5],
    ['its depth', `update ledger_events set depth = 3 where seq = 5`, 5],
    ['its id', `update ledger_events set id = gen_random_uuid() where seq = 5`, 5],
    [
      'the hash of what it says',
      `update ledger_events set data_hash = sha256('x') where seq = 5`,
      5,
    ],
    ['the hash before it', `update ledger_events set prev_hash = sha256('x') where seq = 5`, 5],
    ['its hash', `update ledger_events set hash = sha256('x') where seq = 5`, 5],
    [
      'its presence',
      `delete from outbox where seq = 5; delete from ledger_events where seq = 5`,
      5,
    ],
    [
      'the presence of the first',
      `delete from outbox where seq = 1; delete from ledger_events where seq = 1`,
      1,
    ],
    [
      'the presence of the last',
      `delete from outbox where seq = 10; delete from ledger_events where seq = 10`,
      10,
    ],
    ['the head', `update ledger_heads set hash = sha256('x')`, 10],
  ])('in %s is found out', async (_, sql, firstBroken) => {
    const acme = await withTickets();
    expect((await acme.events()).length).toBe(10);
    await tamper(acme, sql);

    const verdict = await verify(acme);

    expect(verdict).toMatchObject({ valid: false, complete: false, firstBroken, nextAfter: null });
    expect(verdict.problem).toEqual(expect.any(String));
  });

  it('is found out too when the changed event is hashed anew', async () => {
    const acme = await withTickets();
    await tamper(
      acme,
      `update ledger_events set type = 'x.y', hash = sha256(prev_hash || data_hash || convert_to(concat(organization_id, '|', seq, '|', id, '|x.y|',
         to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '|', actor_type, '|', actor_id, '|', on_behalf_of, '|', subject_type, '|',
         subject_id, '|', request_id, '|', causation_id, '|', operation_id, '|', depth), 'UTF8')) where seq = 5`,
    );

    expect(await verify(acme)).toMatchObject({
      valid: false,
      firstBroken: 6,
      problem: 'it does not follow from the event before it',
    });
    expect(await verify(acme, '?after=5')).toMatchObject({ valid: false, firstBroken: 6 });
    expect(await verify(acme, '?after=6')).toMatchObject({ valid: true, complete: true });
  });
});
