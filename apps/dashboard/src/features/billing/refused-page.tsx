export { RefusedPage as default } from './plan-refusal.js';
