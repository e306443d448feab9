import type { DeviceDto } from './dto/device.dto.js';
import type { PasskeyDto } from './dto/passkey.dto.js';

export const passkeySelect = {
  id: true,
  name: true,
  backedUp: true,
  createdAt: true,
  lastUsedAt: true,
} as const;

interface PasskeyRow {
  id: string;
  name: string;
  backedUp: boolean;
  createdAt: Date;
  lastUsedAt: Date | null;
}

export function toPasskeyDto({ id, name, backedUp, ...row }: PasskeyRow): PasskeyDto {
  return {
    id,
    name,
    backedUp,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}

interface DeviceRow {
  id: string;
  device: string;
  createdAt: Date;
  lastUsedAt: Date;
  expiresAt: Date;
}

export function toDeviceDto(row: DeviceRow): DeviceDto {
  return {
    id: row.id,
    device: row.device,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}
