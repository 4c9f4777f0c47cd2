/** For tools that do not read components; `vue-tsc` does, and knows each by its own type. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';

  const component: DefineComponent;
  export default component;
}
