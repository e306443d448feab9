import { open } from './lib/door.mjs';

open('test-browser');
