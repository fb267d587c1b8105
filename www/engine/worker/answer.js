/**
 * Answers a figure's query from a network. Nothing is computed here but which pictures are meant: numbers and
 * pixels come from the wasm, handed in by the worker.
 */

import { columns, turnsOf } from './look.js';

/** @import { Session, paint } from '../../bottleneck-first-web.js' */
/** @import { Info, Pick, Pictures, Query, Views, Wants } from '../shared/protocol.js' */

/** Points of a curve that is drawn: a few for each pixel of the widest figure, however many epochs there are. */
const MOST_POINTS = 4096;
const WHOLE = 2 ** 32 - 1;

/** One network with what is worth keeping about it between two questions. */
export class Subject {
  /** @type {Float32Array | null} */
  #angles = null;
  /** @type {number | null} */
  #different = null;

  /**
   * @param {Session} session
   * @param {typeof paint} painter
   */
  constructor(session, painter) {
    this.session = session;
    this.painter = painter;
    /** @type {Info} */
    this.info = session.info();
  }

  /** In degrees; empty for `quad`. */
  get angles() {
    this.#angles ??= this.session.angles();
    return this.#angles;
  }

  /**
   * @param {Wants} wants
   * @returns {Record<string, Views[keyof Views]>}
   */
  answers(wants) {
    return Object.fromEntries(Object.entries(wants).map(([name, query]) => [name, this.answer(query)]));
  }

  /**
   * @param {Query} query
   * @returns {Views[keyof Views]}
   */
  answer(query) {
    const { session } = this;
    switch (query.kind) {
      case 'losses':
        return curveOf(session, query.whole ? WHOLE : (query.most ?? MOST_POINTS));
      case 'pictures':
        return this.#pictures(query.pick, query.of);
      case 'decoded':
        return this.#painted(session.decode(Float32Array.from(query.z), query.heaviside), []);
      case 'codes':
        return this.#codes();
      case 'mse':
        return session.mse(query.heaviside);
      case 'tear':
        return session.tear() ?? null;
      case 'diagnosis':
        return session.diagnosis() ?? null;
      case 'distribution':
        return { codes: session.codeDistribution() ?? null, sigmas: session.sigmaDistribution() ?? null };
      case 'sampled':
        return this.#sampled(query.pick, query.draw);
      case 'walk':
        return this.#walk(query.at, query.near);
      case 'parameters':
        return session.parameters();
      case 'turns':
        return turnsOf(session, this.painter, this.info.side);
    }
  }

  /**
   * @param {Pick} pick
   * @param {'original' | 'sigmoid' | 'heaviside'} of
   * @returns {Pictures}
   */
  #pictures(pick, of) {
    const indices = this.#pick(pick);
    const wanted = Uint32Array.from(indices);
    const values =
      of === 'original' ? this.session.images(wanted) : this.session.reconstruct(wanted, of === 'heaviside');
    return this.#painted(values, indices);
  }

  /**
   * @param {Pick} pick
   * @param {number} draw
   */
  #sampled(pick, draw) {
    const indices = this.#pick(pick);
    const codes = this.session.sampledCodes(Uint32Array.from(indices), draw);
    return this.#painted(this.session.decode(codes, false), indices);
  }

  /**
   * @param {number} at
   * @param {number} count
   */
  #walk(at, count) {
    const { session, info } = this;
    const z = session.codeAt(at);
    const near = [...session.nearestImages(z, count)];
    const codes = session.codes();
    return {
      at,
      z,
      decoded: this.#painted(session.decode(z, false), []),
      near: this.#painted(session.images(Uint32Array.from(near)), near),
      codes: Float32Array.from(near, (i) => codes[i * info.code] ?? NaN),
    };
  }

  /**
   * @param {Float32Array} values `[n, pixels]`
   * @param {number[]} indices
   * @returns {Pictures}
   */
  #painted(values, indices) {
    const { side, pixels } = this.info;
    const count = values.length / pixels;
    const angles = this.angles.length ? indices.map((i) => this.angles[i] ?? NaN) : [];
    return { sheet: this.painter(values, side, side * count), values, side, count, indices, angles };
  }

  #codes() {
    const { code: width } = this.info;
    const { session } = this;
    return {
      codes: session.codes(),
      sigmas: session.sigmas(),
      angles: this.angles,
      width,
      distinct: session.differentCodes(),
      pictures: this.#differentPictures(),
    };
  }

  #differentPictures() {
    this.#different ??= this.session.different();
    return this.#different;
  }

  /**
   * @param {Pick} pick
   * @returns {number[]}
   */
  #pick(pick) {
    const { count } = this.info;
    switch (pick.by) {
      case 'index':
        return pick.indices.filter((i) => i < count);
      case 'first':
        return range(Math.min(pick.count, count));
      case 'spread':
        return [...this.session.spread(pick.count)];
      case 'angle':
        return [this.session.nearestAngle(pick.degrees)];
    }
  }
}

/** @param {Session} session @param {number} most */
function curveOf(session, most) {
  const [epochs, losses, kls] = columns(session.curve(most), 3);
  const none = new Float32Array();
  return { epochs: epochs ?? none, losses: losses ?? none, kls: kls ?? none };
}

/** @param {number} n */
function range(n) {
  return Array.from({ length: n }, (_, i) => i);
}
