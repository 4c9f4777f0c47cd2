/** What files say of their writer. */
export const LIBRARY = 'kinegraph recording 1';
