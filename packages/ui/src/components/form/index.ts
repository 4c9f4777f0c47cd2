/** Forms made of the schemas of configurations. */
export { configFields } from './config-fields.js';
export type { ConfigField, FieldControl } from './config-fields.js';
export { default as ConfigForm } from './config-form.vue';
