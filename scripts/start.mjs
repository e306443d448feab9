import { open } from './lib/door.mjs';

open('start');
