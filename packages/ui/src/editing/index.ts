/** Changing graph documents: pure functions, one for each thing people do, and the history of what was done. */
export {
  addComment,
  changeComment,
  groupNodes,
  groupOf,
  moveToGroup,
  removeComment,
  renameGroup,
  ungroup,
} from './annotations.js';
export { ALIGNMENTS, alignBoxes, distributeBoxes } from './align.js';
export type { Alignment } from './align.js';
export { copyNodes, pasteNodes } from './clipboard.js';
export type { Pasted } from './clipboard.js';
export { ConnectionCheck, wireBetween } from './connection-check.js';
export type { ConnectionRefusal, WireStart } from './connection-check.js';
export { applyChange, changeBetween, isEmptyChange, reverseChange } from './document-change.js';
export type { DocumentChange, PartChange } from './document-change.js';
export { EditHistory, MOST_EDITS } from './edit-history.js';
export type { Edit, KeptHistory } from './edit-history.js';
export { findNodes } from './find-nodes.js';
export type { FoundNode } from './find-nodes.js';
export { graphChanges } from './graph-changes.js';
export type { GraphChanges, NodeChanges, ValueChange } from './graph-changes.js';
export { mendsOf } from './mends/index.js';
export type { Mend, MendAction } from './mends/index.js';
export { freeName, nameForType, nameOf } from './names.js';
export { addNode, changeNode, placeNodes, removeNodes, renameNode, setNodeConfig } from './node-edits.js';
export type { Place } from './node-edits.js';
export { connectionChoices, flowOrder, outlineOf } from './outline.js';
export type { ConnectionChoice, OutlineRow } from './outline.js';
export { freePlace, GRID, keepPlaces, onGrid } from './places.js';
export type { Box } from './places.js';
export { connect, disconnect, endsOf, insertOnWire, spliceNode } from './wire-edits.js';
export type { Splice, WireEndsToLay } from './wire-edits.js';
export { pictureSources, sourceChoiceOf, switchSource } from './source-edits.js';
export type { SourceChoice } from './source-edits.js';
