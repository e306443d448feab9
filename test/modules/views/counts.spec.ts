import { TenantDb } from '#core/tenancy/tenant-db.js';
import { useApp } from '../../support/app.js';
import { asOwner } from '../../support/database.js';

const running = await useApp();
const { given, database } = running;
const acme = await given.organization();
const globex = await given.organization('Globex');
const { owner } = acme;
const agent = await acme.user('agent');
await acme.ticket({ priority: 'urgent', assigneeId: agent.user.id });
await acme.ticket({ priority: 'urgent' });
await acme.ticket();

const is = (field: string, value: unknown): object => ({
  all: [{ field, operator: 'is', value }],
});
const aView = async (conditions: object): Promise<string> =>
  (await owner.post('/views', { name: 'V', scope: 'organization', conditions })).body.data.id;

/** The texts that `pool` is handed from now on. */
function statementsOf(pool: object): string[] {
  const texts: string[] = [];
  const watched = pool as { query: (config: { text: string }, ...rest: unknown[]) => unknown };
  const query = watched.query.bind(pool);
  watched.query = (config, ...rest) => {
    texts.push(config.text);
    return query(config, ...rest);
  };
  return texts;
}

describe('the counts of views', () => {
  it('count those that are asked for, for the one who asks', async () => {
    const urgent = await aView(is('priority', 'urgent'));
    const mine = await aView(is('assigneeId', 'me'));

    const counts = async (who: typeof owner): Promise<unknown> =>
      (await who.get(`/views/counts?ids=${urgent},${mine}`)).body.data;
    const [byOwner, byAgent] = [await counts(owner), await counts(agent)];

    expect(byOwner).toHaveLength(2);
    expect(byOwner).toContainEqual({ viewId: urgent, count: 2, isExact: true });
    expect(byOwner).toContainEqual({ viewId: mine, count: 0, isExact: true });
    expect(byAgent).toContainEqual({ viewId: mine, count: 1, isExact: true });
    expect((await globex.owner.get(`/views/counts?ids=${urgent}`)).body.data).toEqual([]);
    expect((await owner.get('/views/counts')).body.data).toEqual([]);
  });

  it('count conditions that are no view, under a name', async () => {
    const asked = { urgent: is('priority', 'urgent'), none: { any: [] } };
    const { body } = await owner.get(
      `/views/counts?conditions=${encodeURIComponent(JSON.stringify(asked))}`,
    );

    expect(body.data).toEqual([
      { viewId: 'urgent', count: 2, isExact: true },
      { viewId: 'none', count: 0, isExact: true },
    ]);
  });

  it.each(['ids=7', 'ids=', 'conditions=[]', 'conditions={', 'conditions={"a":1}'])(
    'refuses %s',
    async (query) => expect((await owner.get(`/views/counts?${query}`)).status).toBe(400),
  );

  it('count once, however many look and whatever changes meanwhile', async () => {
    const view = await aView(is('priority', 'low'));
    const texts = statementsOf(running.get(TenantDb).pool);
    const counted = (): number =>
      texts.filter((text) => /count\(\*\).*from tickets/s.test(text)).length;

    await Promise.all([1, 2, 3].map(() => owner.get(`/views/counts?ids=${view}`)));
    expect(counted()).toBe(1);
    await acme.ticket({ priority: 'low' });
    await owner.get(`/views/counts?ids=${view}`);
    expect(counted()).toBe(1);
  });

  it('stop at 10,000 and say so', async () => {
    const big = await given.organization('Big');
    await big.ticket();
    await asOwner(database, (client) =>
      client.query(
        `insert into tickets (organization_id, id, number, subject, channel, requester_id, requester_email, requester_name)
         select organization_id, gen_random_uuid(), -n, subject, channel, requester_id, requester_email, requester_name
         from tickets, generate_series(1, $2::int) n where organization_id = $1`,
        [big.id, 10_000],
      ),
    );
    const everything = encodeURIComponent(JSON.stringify({ all: { all: [] } }));

    const { body } = await big.owner.get(`/views/counts?conditions=${everything}`);
    expect(body.data).toEqual([{ viewId: 'all', count: 10_000, isExact: false }]);
  });
});
