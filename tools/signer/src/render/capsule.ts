import { add, dot, length, scale, subtract, type Vec3 } from '../geometry/vec3.js';

/** How a capsule joins its neighbours: palm and forearm melt together, a finger's root melts into them, its other bones into the root. */
export type CapsuleRole = 'body' | 'finger-root' | 'finger' | 'sleeve';

/** What a capsule is made from. */
export interface CapsuleSpec {
  readonly role: CapsuleRole;
  /** Which finger (0 thumb to 4 little), -1 for the body. */
  readonly finger: number;
  readonly from: Vec3;
  readonly to: Vec3;
  readonly fromRadius: number;
  readonly toRadius: number;
  /** The direction of the palm's side, for the skin's colours. */
  readonly palmar: Vec3;
  /** Whether a nail lies on the far end. */
  readonly hasNail: boolean;
  /** Makes it a tube of this thickness, open at the near end: a sleeve. */
  readonly tubeThickness?: number;
}

/** A ball whose radius changes while it moves along a line: the building block of the hand's flesh. */
export class Capsule {
  readonly role: CapsuleRole;
  readonly finger: number;
  readonly palmar: Vec3;
  readonly hasNail: boolean;
  readonly from: Vec3;
  readonly along: Vec3;
  readonly fromRadius: number;
  readonly radiusChange: number;
  /** The middle and size of a ball around it all. */
  readonly center: Vec3;
  readonly reach: number;
  readonly #ax: number;
  readonly #ay: number;
  readonly #az: number;
  readonly #bx: number;
  readonly #by: number;
  readonly #bz: number;
  readonly #inverseSquare: number;
  readonly #tubeThickness: number;
  readonly #length: number;

  constructor(spec: CapsuleSpec) {
    this.role = spec.role;
    this.finger = spec.finger;
    this.palmar = spec.palmar;
    this.hasNail = spec.hasNail;
    this.from = spec.from;
    this.along = subtract(spec.to, spec.from);
    this.fromRadius = spec.fromRadius;
    this.radiusChange = spec.toRadius - spec.fromRadius;
    this.center = add(spec.from, scale(this.along, 0.5));
    this.reach = length(this.along) / 2 + Math.max(spec.fromRadius, spec.toRadius);
    [this.#ax, this.#ay, this.#az] = spec.from;
    [this.#bx, this.#by, this.#bz] = this.along;
    const square = dot(this.along, this.along);
    this.#inverseSquare = square === 0 ? 0 : 1 / square;
    this.#tubeThickness = spec.tubeThickness ?? 0;
    this.#length = Math.sqrt(square);
  }

  /** Where along the line (0 start, 1 end) the place nearest to a point lies. */
  shareAt(x: number, y: number, z: number): number {
    const share =
      ((x - this.#ax) * this.#bx + (y - this.#ay) * this.#by + (z - this.#az) * this.#bz) * this.#inverseSquare;
    return share < 0 ? 0 : share > 1 ? 1 : share;
  }

  /** How far a point is from the surface, in metres, negative inside; a slight over-estimate beside a strong taper. */
  distance(x: number, y: number, z: number): number {
    const px = x - this.#ax;
    const py = y - this.#ay;
    const pz = z - this.#az;
    const unclamped = (px * this.#bx + py * this.#by + pz * this.#bz) * this.#inverseSquare;
    const share = unclamped < 0 ? 0 : unclamped > 1 ? 1 : unclamped;
    const dx = px - this.#bx * share;
    const dy = py - this.#by * share;
    const dz = pz - this.#bz * share;
    const distance = Math.sqrt(dx * dx + dy * dy + dz * dz) - this.fromRadius - this.radiusChange * share;
    if (this.#tubeThickness === 0) return distance;
    // What is before the start or deeper than the wall is cut away.
    return Math.max(distance, -unclamped * this.#length, -distance - this.#tubeThickness);
  }
}
