import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { JOB_CONTRACT, type JobContract, type JobHandler } from './job-contract.js';

/** The contracts of the product and the events that exist: given by the app module, one readable table. */
export abstract class JobTable {
  abstract readonly contracts: readonly JobContract[];
  abstract readonly eventTypes: readonly string[];
}

/**
 * Which job reacts to which event. Refuses to boot when a contract has no handler or two, a handler no contract, an
 * event is not declared, or jobs could answer each other for ever.
 */
@Injectable()
export class JobMap implements OnModuleInit {
  readonly #handlers = new Map<string, JobHandler>();

  constructor(
    private readonly table: JobTable,
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    for (const { instance, metatype } of this.discovery.getProviders()) {
      if (!instance || !metatype) continue;
      const contract = this.reflector.get<JobContract | undefined>(JOB_CONTRACT, metatype);
      if (contract) this.#add(contract, instance as JobHandler);
    }
    for (const contract of this.table.contracts) this.#check(contract);
    refuseCycles(this.table.contracts);
  }

  /** The contracts that react to `eventType`. */
  reactingTo(eventType: string): JobContract[] {
    return this.table.contracts.filter(({ on }) => on.includes(eventType));
  }

  /** The names of all jobs. */
  consumers(): string[] {
    return this.table.contracts.map(({ consumer }) => consumer);
  }

  contract(consumer: string): JobContract | undefined {
    return this.table.contracts.find((contract) => contract.consumer === consumer);
  }

  handler(consumer: string): JobHandler | undefined {
    return this.#handlers.get(consumer);
  }

  #add(contract: JobContract, handler: JobHandler): void {
    if (!this.table.contracts.includes(contract))
      throw new Error(`the handler of ${contract.consumer} has no contract in the job table`);
    if (this.#handlers.has(contract.consumer))
      throw new Error(`${contract.consumer} has two handlers`);
    this.#handlers.set(contract.consumer, handler);
  }

  #check(contract: JobContract): void {
    if (!this.#handlers.has(contract.consumer))
      throw new Error(`${contract.consumer} has no handler`);
    for (const type of [...contract.on, ...contract.records]) {
      if (!this.table.eventTypes.includes(type))
        throw new Error(`${contract.consumer} names the event ${type}, which nobody declares`);
    }
  }
}

/** Throws when following "reacts to, may record" from some event leads back to it. */
function refuseCycles(contracts: readonly JobContract[]): void {
  const visit = (type: string, path: string[]): void => {
    if (path.includes(type))
      throw new Error(`jobs answer each other for ever: ${[...path, type].join(' -> ')}`);
    for (const { on, records } of contracts) {
      if (on.includes(type)) for (const next of records) visit(next, [...path, type]);
    }
  };
  for (const { on } of contracts) for (const type of on) visit(type, []);
}
