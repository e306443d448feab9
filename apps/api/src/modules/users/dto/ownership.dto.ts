import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

export class TransferOwnershipDto {
  @ApiProperty({ format: 'uuid', description: 'An active person of the organization.' })
  @IsUUID()
  userId!: string;
}
