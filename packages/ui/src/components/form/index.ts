/** Forms made of the schemas of configurations. */
export { configFields } from './config-fields.js';
export type { ConfigField, FieldControl, ListControl } from './config-fields.js';
export { default as ConfigForm } from './config-form.vue';
export type { FormWords } from './form-words.js';
