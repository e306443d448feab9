import 'reflect-metadata';
import type { Type } from '@nestjs/common';
import { DiscoveryService, ModulesContainer, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ValidationFailed } from '#core/errors/domain-error.js';
import { createOpenApiDocument } from '#core/http/openapi.js';
import { createValidationPipe } from '#core/http/validation.pipe.js';
import { AppModule } from '../../apps/api/src/app.module.js';

/** Where Nest keeps what the parameters of a method are; `3:` are bodies. */
const PARAMETERS = '__routeArguments__';
const BODY = /^3:(\d+)$/;

const app = await NestFactory.create(AppModule.with({ worker: false }), new FastifyAdapter(), {
  logger: false,
  preview: true,
});
const document = createOpenApiDocument(app);
const pipe = createValidationPipe();

/** The class of what each operation takes, by the operation's id. */
function bodyTypes(): Map<string, Type> {
  const controllers = new DiscoveryService(app.get(ModulesContainer)).getControllers();
  const found = controllers.flatMap(({ metatype }) => {
    const { prototype } = metatype as Type;
    return Object.getOwnPropertyNames(prototype).flatMap((method): [string, Type][] => {
      const parameters = Reflect.getMetadata(PARAMETERS, metatype as Type, method) ?? {};
      const body = Object.keys(parameters).flatMap((key) => BODY.exec(key)?.[1] ?? [])[0];
      if (body === undefined) return [];
      const types = Reflect.getMetadata('design:paramtypes', prototype, method) as Type[];
      const name = `${metatype!.name.replace(/Controller$/, '')}_${method}`;
      return [[name, types[Number(body)]!]];
    });
  });
  return new Map(found);
}

/** What is wrong with `example` when it is sent; null when it would be taken. */
async function problemsOf(example: unknown, metatype: Type): Promise<unknown> {
  try {
    await pipe.transform(structuredClone(example), { type: 'body', metatype });
    return null;
  } catch (error) {
    if (error instanceof ValidationFailed) return error.details;
    throw error;
  }
}

describe('the example of what an operation takes', () => {
  it('is taken', async () => {
    const types = bodyTypes();
    const wrong: Record<string, unknown> = {};
    let looked = 0;
    for (const item of Object.values(document.paths)) {
      for (const operation of Object.values(item as Record<string, any>)) {
        const media = operation.requestBody?.content?.['application/json'];
        const type = types.get(operation.operationId);
        if (!media || !type || type === Object) continue;
        looked += 1;
        const problems = await problemsOf(media.example, type);
        if (problems) wrong[operation.operationId] = { example: media.example, problems };
      }
    }
    expect(looked).toBeGreaterThan(60);
    expect(wrong).toEqual({});
  });
});
