import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from './access.decorators.js';

const METHOD = 'method';
const PATH = 'path';
const VERSION = '__version__';

export interface DeclaredRoute {
  method: string;
  path: string;
  handler: string;
  access: RouteAccess;
}

/** Refuses to boot when a route does not say who may call it. */
@Injectable()
export class AccessCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onModuleInit(): void {
    this.routes();
  }

  /** Every route of our controllers with its declaration. Throws when one has none. */
  routes(): DeclaredRoute[] {
    return this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const prototype = Object.getPrototypeOf(instance) as object;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = (prototype as Record<string, () => unknown>)[name]!;
        const method = this.reflector.get<RequestMethod | undefined>(METHOD, handler);
        if (method === undefined) return [];
        const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
          handler,
          metatype,
        ]);
        const label = `${metatype.name}.${name}`;
        if (access === undefined) {
          throw new Error(
            `${label} does not say who may call it: add @RequirePermission, @SignedIn, @Public, @RequireStaff or @StaffDoor`,
          );
        }
        const version = this.reflector.getAllAndOverride<string | undefined>(VERSION, [
          handler,
          metatype,
        ]);
        const path = [
          ...(version === undefined ? [] : ['api', `v${version}`]),
          this.reflector.get<string>(PATH, metatype),
          this.reflector.get<string>(PATH, handler),
        ];
        assertPlace(access, path.join('/'), label);
        return [
          {
            method: RequestMethod[method],
            path: `/${path.join('/')}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1'),
            handler: label,
            access,
          },
        ];
      });
    });
  }
}

/** What is under the staff's part is theirs, and what is theirs is nowhere else: a tenant's right never opens it. */
function assertPlace({ kind }: RouteAccess, path: string, label: string): void {
  const isTheirs = kind === 'staff' || kind === 'staff_door';
  const isInTheirPart = /^\/?api\/v\d+\/admin(?:\/|$)/.test(path.replace(/\/+/g, '/'));
  if (isTheirs !== isInTheirPart)
    throw new Error(
      `${label} is under /admin without @RequireStaff or @StaffDoor, or has one of them elsewhere`,
    );
}
