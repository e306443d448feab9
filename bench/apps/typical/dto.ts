import { Exclude, Expose, Transform, Type } from 'class-transformer';
import {
  IsArray,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

const Instant = () =>
  Transform(({ value }) => (value instanceof Date ? value.toISOString() : value));

export class PageQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  skip = 0;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 25;
}

export class TicketsQuery extends PageQuery {
  @IsOptional()
  @IsIn(['open', 'pending', 'on_hold', 'solved', 'closed'])
  status?: string;
}

export class EventsQuery extends PageQuery {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after = 0;
}

export class NewRequesterDto {
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;
}

export class CreateTicketDto {
  @IsString()
  @Length(1, 500)
  subject!: string;

  @IsString()
  @Length(1, 200_000)
  body!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => NewRequesterDto)
  requester!: NewRequesterDto;

  @IsOptional()
  @IsIn(['low', 'normal', 'high', 'urgent'])
  priority?: string;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  tags?: string[];
}

export class CreateMessageDto {
  @IsIn(['reply', 'note'])
  kind!: 'reply' | 'note';

  @IsString()
  @Length(1, 200_000)
  body!: string;
}

@Exclude()
export class PersonDto {
  @Expose() type?: string;
  @Expose() id!: string;
  @Expose() email?: string;
  @Expose() name?: string;
}

@Exclude()
export class OtherTicketDto {
  @Expose() id!: string;
  @Expose() number!: number;
}

@Exclude()
export class TicketDto {
  @Expose() id!: string;
  @Expose() number!: number;
  @Expose() subject!: string;
  @Expose() status!: string;
  @Expose() priority!: string;
  @Expose() channel!: string;
  @Expose() @Type(() => PersonDto) requester!: PersonDto;
  @Expose() @Type(() => PersonDto) assignee!: PersonDto | null;
  @Expose() tags!: string[];
  @Expose() messageCount!: number;
  @Expose() @Instant() createdAt!: Date;
  @Expose() @Instant() updatedAt!: Date;
  @Expose() @Instant() lastMessageAt!: Date;
  @Expose() @Instant() closedAt!: Date | null;
  @Expose() stateId!: string;
  @Expose() type!: string | null;
  @Expose() teamId!: string | null;
  @Expose() companyId!: string | null;
  @Expose() @Instant() snoozedUntil!: Date | null;
  @Expose() mergedIntoId!: string | null;
  @Expose() mergedInto?: OtherTicketDto | null;
  @Expose() cc!: string[];
  @Expose() fields?: object;
  @Expose() version!: number;
}

@Exclude()
export class DeliveryDto {
  @Expose() status!: string;
  @Expose() @Instant() sentAt!: Date | null;
}

@Exclude()
export class MessageDto {
  @Expose() id!: string;
  @Expose() ticketId!: string;
  @Expose() kind!: string;
  @Expose() channel!: string;
  @Expose() @Type(() => PersonDto) author!: PersonDto;
  @Expose() body!: string;
  @Expose() html!: string | null;
  @Expose() quote!: string | null;
  @Expose() cc!: string[];
  @Expose() bcc!: string[];
  @Expose() mentions!: object[];
  @Expose() attachments!: object[];
  @Expose() originTicket!: object | null;
  @Expose() @Type(() => DeliveryDto) delivery!: DeliveryDto | null;
  @Expose() @Instant() createdAt!: Date;
}

@Exclude()
export class EventDto {
  @Expose() id!: string;
  @Expose() organizationId!: string;
  @Expose() @Transform(({ value }) => Number(value)) seq!: bigint;
  @Expose() type!: string;
  @Expose() @Instant() occurredAt!: Date;
  @Expose() @Type(() => PersonDto) actor!: PersonDto;
  @Expose() @Type(() => PersonDto) subject!: PersonDto;
  @Expose() data!: unknown;
  @Expose() changes!: unknown;
  @Expose() requestId!: string | null;
  @Expose() causationId!: string | null;
  @Expose() operationId!: string | null;
  @Expose() depth!: number;
}
