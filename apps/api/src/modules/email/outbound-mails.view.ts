import type { OutboundMailDto } from './dto/outbound-mail.dto.js';

export const outboundMailSelect = {
  id: true,
  ticketId: true,
  toAddress: true,
  cc: true,
  bcc: true,
  fromAddress: true,
  fromName: true,
  subject: true,
  text: true,
  messageIdHeader: true,
  status: true,
  attempts: true,
  createdAt: true,
  sentAt: true,
} as const;

interface OutboundMailRow {
  id: string;
  ticketId: string;
  toAddress: string;
  cc: string[];
  bcc: string[];
  fromAddress: string;
  fromName: string;
  subject: string;
  text: string;
  messageIdHeader: string;
  status: string;
  attempts: number;
  createdAt: Date;
  sentAt: Date | null;
}

export function toOutboundMailDto({
  toAddress,
  fromAddress,
  fromName,
  ...row
}: OutboundMailRow): OutboundMailDto {
  return {
    ...row,
    to: toAddress,
    from: `${fromName} <${fromAddress}>`,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  };
}
