import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';

export class UploadQuery {
  @ApiPropertyOptional({ description: 'The name of the file, when no header x-file-name says it.' })
  @IsOptional()
  @IsString()
  @Length(1, 1000)
  name?: string;
}

export class FileQuery {
  @ApiPropertyOptional({
    enum: ['0', '1'],
    description: '1 shows a picture (PNG, JPEG, GIF, WebP) in its place.',
  })
  @IsOptional()
  @IsIn(['0', '1'])
  inline?: string;
}
