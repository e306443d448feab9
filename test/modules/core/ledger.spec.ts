import { currentContext, NoTenantInContext, runInContext } from '#core/context/context.js';
import { EventCatalogue } from '#core/ledger/event-catalogue.js';
import { EventLoop } from '#core/ledger/ledger-event.js';
import { SystemDb } from '#core/database/system-db.js';
import { Ledger, NoTransaction } from '#core/ledger/ledger.service.js';
import { TenantDb } from '#core/tenancy/tenant-db.js';
import { useApp } from '../../support/app.js';

/** Steps that one chain of causes may have. */
const DEEPEST = 8;

const running = await useApp();
const acme = await running.given.organization();
const ledger = running.get(Ledger);
const db = running.get(TenantDb);
// What a fact may say is for its room to declare; here any will do.
running.get(EventCatalogue).check = () => undefined;
const inAcme = <T>(work: () => Promise<T>): Promise<T> =>
  runInContext({ requestId: 'ledger-spec', organizationId: acme.id }, work);
const fact = (type = 'test.happened') => ({
  type,
  subject: { type: 'organization', id: acme.id },
  data: { why: 'a test' },
});
const seqs = async (after: number): Promise<[number, string][]> =>
  (await acme.events(after)).map(({ seq, type }) => [seq, type]);
const head = async (): Promise<number> => (await acme.events()).at(-1).seq;

it('records nothing outside a transaction', async () => {
  await inAcme(async () => expect(() => ledger.record(fact())).toThrow(NoTransaction));
});

it('appends the events of a transaction together, in their order', async () => {
  const before = await head();

  await inAcme(() =>
    db.transaction(async () => {
      ledger.record(fact('test.first'));
      ledger.record(fact('test.second'));
    }),
  );

  expect(await seqs(before)).toEqual([
    [before + 1, 'test.first'],
    [before + 2, 'test.second'],
  ]);
});

it('a rollback leaves no event, no row and no gap', async () => {
  const before = await head();
  const failing = inAcme(() =>
    db.transaction(async (tx) => {
      await tx.requester.createMany({
        data: [{ id: crypto.randomUUID(), email: 'rolled@back.example', name: 'Nobody' }],
      });
      ledger.record(fact());
      throw new Error('no, after all');
    }),
  );
  await expect(failing).rejects.toThrow('no, after all');

  await inAcme(() => db.transaction(async () => ledger.record(fact('test.after'))));

  expect(await seqs(before)).toEqual([[before + 1, 'test.after']]);
  const left = await inAcme(() =>
    db.client.requester.count({ where: { email: 'rolled@back.example' } }),
  );
  expect(left).toBe(0);
});

it('many at once, some of which fail, leave no gap', async () => {
  const before = await head();

  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      inAcme(() =>
        db.transaction(async () => {
          ledger.record(fact());
          if (n % 3 === 0) throw new Error('no');
        }),
      ),
    ),
  );

  const kept = outcomes.filter(({ status }) => status === 'fulfilled').length;
  expect(kept).toBe(13);
  expect((await seqs(before)).map(([seq]) => seq)).toEqual(
    Array.from({ length: kept }, (_, i) => before + 1 + i),
  );
});

it('a transaction without an organization is refused before it begins', async () => {
  const lost = (): unknown =>
    runInContext({ requestId: 'lost' }, () => db.transaction(async () => 1));

  await expect((async () => lost())()).rejects.toThrow(NoTenantInContext);
});

it('a transaction inside a transaction, and the handle inside one, are refused', async () => {
  await inAcme(() =>
    db.transaction(async () => {
      expect(() => db.client).toThrow('touch only the transaction');
      expect(() => db.transaction(async () => 1)).toThrow('already under way');
    }),
  );
});

it('an event that follows from another says which, one step deeper', async () => {
  const cause = (await acme.events()).at(-1);

  await inAcme(() => {
    currentContext()!.cause = { eventId: cause.id, depth: 2 };
    return db.transaction(async () => ledger.record(fact('test.followed')));
  });

  const event = (await acme.events()).at(-1);
  expect(event).toMatchObject({
    causationId: cause.id,
    depth: 3,
    actor: { type: 'system', id: null },
  });
});

it('a chain that goes on for ever is cut', async () => {
  const cause = { eventId: crypto.randomUUID(), depth: DEEPEST };
  const before = await head();

  const looping = inAcme(() => {
    currentContext()!.cause = cause;
    return db.transaction(async () => ledger.record(fact()));
  });

  await expect(looping).rejects.toThrow(EventLoop);
  expect(await head()).toBe(before);
});

describe('what a person does to their account', () => {
  const system = running.get(SystemDb);

  it('is told to every organization that is named, each in its own log, in one transaction', async () => {
    const globex = await running.given.organization('Globex');
    const at = await head();
    const theirs = (await globex.events()).at(-1).seq;

    await inAcme(() =>
      system.transaction(async () => {
        for (const id of [acme.id, globex.id]) ledger.recordIn(id, fact('test.told'));
        ledger.recordIn(globex.id, fact('test.told_twice'));
      }),
    );

    expect(await seqs(at)).toEqual([[at + 1, 'test.told']]);
    const told = await globex.events(theirs);
    expect(told.map(({ type }) => type)).toEqual(['test.told', 'test.told_twice']);
  });

  it('is told to all or to none', async () => {
    const at = await head();
    const nobodys = crypto.randomUUID();

    const failing = inAcme(() =>
      system.transaction(async () => {
        ledger.recordIn(acme.id, fact());
        ledger.recordIn(nobodys, fact());
      }),
    );

    await expect(failing).rejects.toThrow('no ledger for the current organization');
    expect(await head()).toBe(at);
  });

  it('does not block itself when two people of the same two organizations do something at once', async () => {
    const globex = await running.given.organization('Globex');
    const at = await head();
    const orders = [
      [acme.id, globex.id],
      [globex.id, acme.id],
    ];
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        system.transaction(async () => {
          for (const id of orders[index % 2]!) ledger.recordIn(id, fact('test.crossed'));
        }),
      ),
    );
    expect(await seqs(at)).toHaveLength(10);
  });
});

it('the tenant’s own role can neither write its log by hand nor move its head', async () => {
  const { pool } = db;
  for (const text of [
    'update ledger_heads set seq = 0',
    `insert into outbox (seq, type) values (1, 'test.forged')`,
    'insert into ledger_events select * from ledger_events limit 1',
    'delete from ledger_events',
  ]) {
    await expect(inAcme(async () => pool.query(text))).rejects.toMatchObject({ code: '42501' });
  }
});
