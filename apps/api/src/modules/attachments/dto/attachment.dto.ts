import { ApiProperty } from '@nestjs/swagger';

/** A file under a name. */
export class AttachmentDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({
    description: 'What the bytes are, whatever the file was called.',
    example: 'image/png',
  })
  mediaType!: string;

  @ApiProperty({ description: 'Bytes.' })
  size!: number;

  @ApiProperty({ description: 'Shown inside the text of its message, not below it.' })
  inline!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What `cid:` in the HTML names it by.',
  })
  contentId!: string | null;
}

/** Where a file can be fetched for some minutes, by whoever holds the address. */
export class FileLinkDto {
  @ApiProperty({
    description: 'A path of this server. Add `?inline=1` to show a picture in its place.',
  })
  url!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}
