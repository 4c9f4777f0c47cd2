/** A list of lines in levels, walked by keys. */
export { default as RowTree } from './row-tree.vue';
export { shownRows, treeMove, typedTo } from './tree-walk.js';
export type { ShownRow, TreeMove, TreeRow } from './tree-walk.js';
