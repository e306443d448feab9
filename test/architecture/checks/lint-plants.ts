import { CORE, MODULES } from './house.js';
import type { Plant } from './cruiser-plants.js';

const room = `${MODULES}/tickets`;
const IMPORTS = 'eslint(no-restricted-imports)';
const PROPERTIES = 'eslint(no-restricted-properties)';

/** Lines of code that no other rule minds. */
const lines = (count: number): string => 'export {};\n' + '//\n'.repeat(count - 1);

const limits = {
  'controller.ts': 120,
  'service.ts': 300,
  'job.ts': 60,
  'module.ts': 40,
  'spec.ts': 300,
};

function sizePlants(extra: number): { path: string; text: string }[] {
  return [
    ...Object.entries(limits).map(([role, most]) => ({
      path: `${room}/planted-${extra}.${role}`,
      text: lines(most + extra),
    })),
    { path: `${room}/dto/planted-${extra}.dto.ts`, text: lines(80 + extra) },
  ];
}

/** One violation, at least, of every rule of the house that oxlint holds. */
export function lintPlants(): Plant[] {
  const http = ['service', 'view', 'job'].flatMap((role) =>
    [
      [
        `${role}-nest`,
        `import { NotFoundException } from '@nestjs/common';\nthrow new NotFoundException();\n`,
      ],
      [
        `${role}-fastify`,
        `import type { FastifyRequest } from 'fastify';\nexport type P = FastifyRequest;\n`,
      ],
      [
        `${role}-http`,
        `import { DataResponse } from '#core/http/responses.js';\nexport const p = DataResponse;\n`,
      ],
    ].map(([name, text]) => ({
      rule: `${IMPORTS} rule 5`,
      path: `${room}/planted-${name}.${role}.ts`,
      text: text!,
    })),
  );
  return [
    ...http,
    {
      rule: `${IMPORTS} rule 7`,
      path: `${room}/planted-queue.ts`,
      text: `import { Queue } from 'bullmq';\nexport const p = Queue;\n`,
    },
    {
      rule: `${IMPORTS} rule 7`,
      path: `${room}/planted-worker.service.ts`,
      text: `import * as b from 'bullmq';\nexport const p = b.Worker;\n`,
    },
    {
      rule: `${IMPORTS} rule 7`,
      path: `${CORE}/jobs/planted-inject.ts`,
      text: `import { InjectQueue } from '@nestjs/bullmq';\nexport const p = InjectQueue;\n`,
    },
    {
      rule: `${PROPERTIES} rule 12`,
      path: `${room}/planted-env.ts`,
      text: 'export const p = process.env.PORT;\n',
    },
    {
      rule: `${PROPERTIES} rule 12`,
      path: `${room}/planted-env-destructured.ts`,
      text: 'const { env } = process;\nexport const p = env.PORT;\n',
    },
    {
      rule: `${PROPERTIES} rule 12`,
      path: `${room}/planted-env-global.ts`,
      text: 'export const p = globalThis.process;\n',
    },
    {
      rule: `${IMPORTS} rule 12`,
      path: `${room}/planted-env-import.ts`,
      text: `import { env } from 'node:process';\nexport const p = env.PORT;\n`,
    },
    {
      rule: 'eslint(no-console)',
      path: `${room}/planted-console.ts`,
      text: `console.log('planted');\n`,
    },
    {
      rule: 'typescript(no-floating-promises)',
      path: `${room}/planted-floating.ts`,
      text: 'const p = async (): Promise<void> => undefined;\np();\n',
    },
    {
      rule: PROPERTIES,
      path: `${room}/planted-enter.ts`,
      text: `import { AsyncLocalStorage } from 'node:async_hooks';\nnew AsyncLocalStorage<number>().enterWith(1);\n`,
    },
    {
      rule: 'eslint(max-params)',
      path: `${room}/planted-params.ts`,
      text: `export class P {\n  constructor(${[...'abcdefghi'].map((name) => `readonly ${name}: number`).join(', ')}) {}\n}\n`,
    },
    ...sizePlants(1).map((plant) => ({ rule: 'eslint(max-lines)', ...plant })),
  ];
}

/** Files of exactly the allowed size, which must not be reported. */
export function lintFits(): { path: string; text: string }[] {
  return sizePlants(0);
}

/** The two files that may import one half of the queue library must not import the other. */
export const lintEdits = [
  {
    rule: `${IMPORTS} rule 7`,
    path: `${CORE}/jobs/relay.ts`,
    line: `import { Worker as Planted } from 'bullmq';`,
  },
  {
    rule: `${IMPORTS} rule 7`,
    path: `${CORE}/jobs/job-runner.ts`,
    line: `import { Queue as Planted } from 'bullmq';`,
  },
];
