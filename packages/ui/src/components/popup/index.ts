/** What opens at a point of the page: menus, and the search for a node. */
export type { MenuItem } from './menu-item.js';
export { placePopup } from './place-popup.js';
export type { PagePoint } from './place-popup.js';
export { default as PopMenu } from './pop-menu.vue';
export { default as QuickAdd } from './quick-add.vue';
export { default as TextBox } from './text-box.vue';
export { KINDS_IN_ORDER, rankTypes } from './rank-types.js';
export type { TypesOfKind } from './rank-types.js';
