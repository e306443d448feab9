import 'reflect-metadata';
import { Examples } from '#core/http/openapi-examples.js';
import { published } from '#core/http/openapi-schema.js';
import { createDocumentOffline } from '../../apps/api/src/openapi-offline.js';

const document = await createDocumentOffline();
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item as Record<string, any>).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method,
    operation,
  })),
);

const WORDS = ['x-permission', 'x-signed-in', 'x-public', 'x-staff-permission', 'x-staff-door'];

describe('the document', () => {
  it('says of every operation who may call it, in one way', () => {
    expect(operations.length).toBeGreaterThan(200);
    for (const { name, operation } of operations) {
      const said = WORDS.filter((key) => key in operation);
      expect([name, said.length]).toEqual([name, 1]);
      expect([name, operation.security.length > 0]).toEqual([
        name,
        !['x-public', 'x-staff-door'].includes(said[0]!) || isCookie(operation),
      ]);
    }
  });

  it('has an example of every JSON that is sent or answered', () => {
    for (const { name, operation } of operations) {
      const bodies = [operation.requestBody, ...Object.values<any>(operation.responses)];
      for (const body of bodies) {
        for (const [type, media] of Object.entries<any>(body?.content ?? {})) {
          const isShown =
            !/^application\/(scim\+)?json$/.test(type) ||
            !media.schema ||
            media.example !== undefined;
          expect([name, type, isShown]).toEqual([name, type, true]);
        }
      }
    }
  });

  it('tells of If-Match where it is read, and of the failure that comes of it', () => {
    const { patch } = document.paths['/api/v1/tickets/{id}'] as any;
    expect(patch.parameters).toContainEqual(
      expect.objectContaining({ name: 'If-Match', in: 'header' }),
    );
    expect(patch.responses).toHaveProperty('412');
    expect((document.paths['/api/v1/tickets'] as any).get.responses).not.toHaveProperty('412');
  });

  it('tells of Idempotency-Key on every write that answers it', () => {
    const key = { $ref: '#/components/parameters/IdempotencyKey' };
    for (const { name, method, operation } of operations) {
      const isAnswered =
        method !== 'get' && operation.security.length > 0 && !operation['x-not-replayed'];
      const has = (operation.parameters ?? []).some((each: any) => each.$ref === key.$ref);
      expect([name, has]).toEqual([name, isAnswered]);
    }
  });

  it('has no word of OpenAPI 3.0 in it', () => {
    expect(document.openapi).toBe('3.1.1');
    expect(JSON.stringify(document.components!.schemas)).not.toMatch(/"nullable":true|"example":/);
  });
});

describe('a schema', () => {
  it('is published with null as a type, and its example in a list', () => {
    expect(published({ type: 'string', nullable: true, example: 'x' })).toEqual({
      type: ['string', 'null'],
      examples: ['x'],
    });
    expect(published({ type: 'string', enum: ['a'], nullable: true }).enum).toEqual(['a', null]);
    const one = { $ref: '#/components/schemas/One' };
    expect(published({ type: 'object', allOf: [one], nullable: true, description: 'd' })).toEqual({
      anyOf: [one, { type: 'null' }],
      description: 'd',
    });
    expect(published({ allOf: [one], description: 'd' })).toEqual({ ...one, description: 'd' });
  });

  it('may have members that are called as its own words', () => {
    const schema = { properties: { nullable: { type: 'boolean' }, example: { type: 'string' } } };
    expect(published(schema)).toEqual(schema);
  });

  it('gets an example that is as long as it must be', () => {
    const examples = new Examples({});
    expect(examples.ofAnswer({ type: 'string', maxLength: 2 })).toBe('te');
    expect(examples.ofAnswer({ type: 'string', minLength: 6 })).toBe('text..');
    const schema = { properties: { a: { type: 'string' }, b: { type: 'integer', minimum: 5 } } };
    expect(examples.ofRequest({ ...schema, required: ['b'] })).toEqual({ b: 5 });
    expect(examples.ofRequest(schema)).toEqual({ a: 'text' });
    expect(examples.ofAnswer(schema)).toEqual({ a: 'text', b: 5 });
  });
});

function isCookie({ security }: { security: object[] }): boolean {
  return security.some((each) => 'cookie' in each);
}
