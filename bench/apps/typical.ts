/**
 * What most would write: Nest on Express, DTO classes through class-validator and class-transformer, Prisma with row
 * level security by `set_config` in an interactive transaction, nestjs-pino. Same tables, same JSON, same rows.
 */
import 'reflect-metadata';
import { ClassSerializerInterceptor, Module, ValidationPipe } from '@nestjs/common';
import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { LoggerModule } from 'nestjs-pino';
import { ApiKeyGuard } from './typical/api-key.guard.js';
import { EventsController, HealthController, TicketsController } from './typical/controllers.js';
import { EventsService } from './typical/events.service.js';
import { PrismaService } from './typical/prisma.service.js';
import { TicketsService } from './typical/tickets.service.js';

@Module({
  imports: [
    LoggerModule.forRoot({ pinoHttp: { level: 'info', redact: ['req.headers.authorization'] } }),
  ],
  controllers: [TicketsController, EventsController, HealthController],
  providers: [
    PrismaService,
    TicketsService,
    EventsService,
    { provide: APP_GUARD, useClass: ApiKeyGuard },
  ],
})
class TypicalModule {}

const app = await NestFactory.create<NestExpressApplication>(TypicalModule, { logger: false });
app.useGlobalPipes(
  new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
);
app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector)));
await app.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => process.exit());
