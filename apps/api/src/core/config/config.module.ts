import { Global, Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { readSettings, type Settings } from './settings.js';

/** The typed settings, injectable. */
export abstract class AppConfig {
  abstract readonly settings: Settings;
}

/** The settings of this process, for a door that needs them before there is an application. Throws BadSetting. */
export function loadSettings(): Settings {
  return readSettings(process.env);
}

/** Reads the environment and `.env` (the environment wins) once, at boot. */
@Global()
@Module({
  imports: [
    ConfigModule.forRoot({
      ignoreEnvFile: process.env.NODE_ENV === 'test',
      cache: true,
      load: [() => ({ settings: loadSettings() })],
    }),
  ],
  providers: [
    {
      provide: AppConfig,
      inject: [ConfigService],
      useFactory: (config: ConfigService): AppConfig => ({
        settings: config.getOrThrow('settings'),
      }),
    },
  ],
  exports: [AppConfig],
})
export class SettingsModule {}
