import type { CustomDecorator } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';

/** Where the adapter keeps what a route says of itself. */
const { KEY } = RouteConfig({}) as CustomDecorator;

/** Adds `said` to what the route says of itself: `RouteConfig` alone would replace what another decorator said. */
export function addRouteConfig(said: object): MethodDecorator {
  return (target, key, descriptor) => {
    const before = Reflect.getMetadata(KEY, descriptor.value as object) as object | undefined;
    RouteConfig({ ...before, ...said })(target, key, descriptor);
  };
}
