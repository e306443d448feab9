import type { SsoConnectionDto } from './dto/sso-connection.dto.js';

/** The tenant role may read these columns and no more: the client secret is not among them. */
export const connectionSelect = {
  id: true,
  name: true,
  issuer: true,
  clientId: true,
  role: true,
  roleId: true,
  customRole: { select: { name: true } },
  enabled: true,
  createdAt: true,
  updatedAt: true,
} as const;

interface ConnectionRow {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  role: string;
  roleId: string | null;
  customRole: { name: string } | null;
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export function toConnectionDto(row: ConnectionRow, publicUrl: string): SsoConnectionDto {
  const { id, name, issuer, clientId, enabled } = row;
  return {
    ...{ id, name, issuer, clientId, enabled },
    role: row.roleId ?? row.role,
    roleName: row.customRole?.name ?? row.role,
    redirectUri: redirectUri(publicUrl, id),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/**
 * Where a provider sends people back to. One address a connection: an answer that was meant for another provider's
 * connection (a mix-up, RFC 9700, 4.4) is seen by where it arrives.
 */
export function redirectUri(publicUrl: string, connectionId: string): string {
  return `${publicUrl}/api/v1/auth/sso/callback/${connectionId}`;
}
