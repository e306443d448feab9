import type { ApiKeySecretDto } from './dto/api-key-secret.dto.js';
import type { ApiKeyDto } from './dto/api-key.dto.js';

/** Secrets that are shown: at most two live, and why the ones before them ended. */
const SHOWN_SECRETS = 5;

const personSelect = { select: { id: true, name: true } } as const;

export const apiKeySelect = {
  id: true,
  name: true,
  environment: true,
  scopes: true,
  allowedNetworks: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
  revokedAt: true,
  createdBy: personSelect,
  secrets: {
    select: {
      id: true,
      prefix: true,
      createdAt: true,
      lastUsedAt: true,
      expiresAt: true,
      revokedAt: true,
      revokedBecause: true,
      issuedTo: { select: { ...personSelect.select, status: true } },
    },
    orderBy: { id: 'desc' },
    take: SHOWN_SECRETS,
  },
} as const;

interface SecretRow {
  id: string;
  prefix: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  revokedBecause: string | null;
  issuedTo: { id: string; name: string; status: string } | null;
}

interface ApiKeyRow {
  id: string;
  name: string;
  environment: string;
  scopes: string[];
  allowedNetworks: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdBy: { id: string; name: string } | null;
  secrets: SecretRow[];
}

export function toApiKeyDto(row: ApiKeyRow, now: Date): ApiKeyDto {
  const secrets = row.secrets.map((secret) => toSecretDto(secret, now));
  return {
    id: row.id,
    name: row.name,
    prefix: row.secrets[0]!.prefix,
    environment: row.environment,
    scopes: row.scopes,
    allowedNetworks: row.allowedNetworks,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: textOf(row.lastUsedAt),
    expiresAt: textOf(row.expiresAt),
    revokedAt: textOf(row.revokedAt),
    secrets,
    hasLiveSecret: secrets.some(({ endedAt }) => endedAt === null),
  };
}

/** A secret that was given an end has ended when it is reached, and one whose holder is gone, though nothing writes that down. */
function toSecretDto(row: SecretRow, now: Date): ApiKeySecretDto {
  const hasRunOut = row.expiresAt !== null && row.expiresAt <= now;
  const isHolderGone = row.issuedTo !== null && row.issuedTo.status !== 'active';
  const endedAt = row.revokedAt ?? (hasRunOut ? row.expiresAt : isHolderGone ? now : null);
  return {
    id: row.id,
    prefix: row.prefix,
    issuedTo: row.issuedTo && { id: row.issuedTo.id, name: row.issuedTo.name },
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: textOf(row.lastUsedAt),
    expiresAt: textOf(row.expiresAt),
    endedAt: textOf(endedAt),
    endedBecause:
      row.revokedBecause ?? (hasRunOut ? 'rotated' : isHolderGone ? 'holder_left' : null),
  };
}

function textOf(instant: Date | null): string | null {
  return instant?.toISOString() ?? null;
}
