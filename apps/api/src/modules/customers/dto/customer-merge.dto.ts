import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';

export class CustomerMergeDto {
  @ApiProperty({ format: 'uuid', description: 'The customer who is merged into this one.' })
  @IsUUID()
  customerId!: string;
}
