import type { PlanDto } from './dto/plan.dto.js';
import type { Priced } from './subscription-machine.js';

export const planSelect = {
  id: true,
  version: true,
  name: true,
  currency: true,
  monthlyPrice: true,
  yearlyPrice: true,
  trialDays: true,
  seats: true,
  ticketsAMonth: true,
  storageBytes: true,
  callsAMinute: true,
  features: true,
} as const;

export interface PlanRow {
  id: string;
  version: number;
  name: string;
  currency: string;
  monthlyPrice: number;
  yearlyPrice: number;
  trialDays: number;
  seats: number | null;
  ticketsAMonth: number | null;
  storageBytes: bigint | null;
  callsAMinute: number | null;
  features: string[];
}

export function toPlanDto(row: PlanRow): PlanDto {
  const storageBytes = row.storageBytes === null ? null : Number(row.storageBytes);
  return { ...row, storageBytes };
}

export function toPriced({ id, version, currency, monthlyPrice, yearlyPrice }: PlanRow): Priced {
  return { id, version, currency, price: { month: monthlyPrice, year: yearlyPrice } };
}
