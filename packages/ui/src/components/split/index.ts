export { default as DragSplitter } from './drag-splitter.vue';
