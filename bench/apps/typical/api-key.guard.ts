import { createHash } from 'node:crypto';
import {
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { PrismaService } from './prisma.service.js';

export interface Caller {
  organizationId: string;
  id: string;
  name: string;
}

/** Finds the key of a request. Remembers those it has seen, which is more than most do. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  readonly #known = new Map<string, Caller>();

  constructor(private readonly prisma: PrismaService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest();
    if (request.path === '/health/live') return true;
    const key = String(request.headers.authorization ?? '').replace('Bearer ', '');
    const secretHash = createHash('sha256').update(key).digest();
    const id = secretHash.toString('base64');
    const caller = this.#known.get(id) ?? (await this.#find(secretHash));
    if (!caller) throw new UnauthorizedException();
    this.#known.set(id, caller);
    request.caller = caller;
    return true;
  }

  async #find(secretHash: Buffer): Promise<Caller | null> {
    const found = await this.prisma.system.apiKeySecret.findFirst({
      where: { secretHash: new Uint8Array(secretHash), revokedAt: null },
      select: { key: { select: { organizationId: true, id: true, name: true } } },
    });
    return found?.key ?? null;
  }
}
