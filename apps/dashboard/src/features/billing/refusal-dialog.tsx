export { RefusalDialog as default } from './plan-refusal.js';
