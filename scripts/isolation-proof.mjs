import { open } from './lib/door.mjs';

open('isolation-proof');
