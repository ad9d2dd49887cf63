// QR codes (ISO/IEC 18004): byte mode, error correction M, versions 1 to 10, which is up to 213 bytes; drawn as SVG.
import { svg } from '../dom.js';

/** Codewords in all, error correction words per block, blocks; for level M, by version. */
const capacities = [[26, 10, 1], [44, 16, 1], [70, 26, 1], [100, 18, 2], [134, 24, 2], [172, 16, 4], [196, 18, 4], [242, 22, 4], [292, 22, 5], [346, 26, 5]];
const alignments = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

/** A QR code with its quiet zone; always dark on light, or readers fail. @param {string} text @param {string} label */
export function qrCode(text, label) {
  const rows = qrMatrix(text), size = rows.length;
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ''))).join('');
  return svg('svg', { class: 'qr', viewBox: `0 0 ${size + 8} ${size + 8}`, role: 'img', 'aria-label': label, 'shape-rendering': 'crispEdges' },
    svg('rect', { width: size + 8, height: size + 8, fill: '#fff' }), svg('path', { d: path, fill: '#000' }));
}

/** @param {string} text @returns {boolean[][]} rows of modules, true for dark */
export function qrMatrix(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = capacities.findIndex(([words, ec, blocks], i) => bytes.length + (i < 9 ? 2 : 3) <= words - ec * blocks) + 1;
  if (version === 0) throw new RangeError('too long for a QR code');
  const words = withCorrection(encoded(bytes, version), version);
  const candidates = [0, 1, 2, 3, 4, 5, 6, 7].map((mask) => drawn(words, version, mask));
  return candidates.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

/** Mode, length, bytes, padding. @param {number[]} bytes @param {number} version */
function encoded(bytes, version) {
  const [total, ec, blocks] = capacities[version - 1], room = total - ec * blocks;
  const bits = [...bitsOf(4, 4), ...bitsOf(bytes.length, version < 10 ? 8 : 16), ...bytes.flatMap((byte) => bitsOf(byte, 8))];
  bits.push(...bitsOf(0, Math.min(4, room * 8 - bits.length)));
  while (bits.length % 8) bits.push(0);
  const words = [];
  for (let i = 0; i < bits.length; i += 8) words.push(parseInt(bits.slice(i, i + 8).join(''), 2));
  for (let pad = 0xec; words.length < room; pad ^= 0xec ^ 0x11) words.push(pad);
  return words;
}

/** @param {number} value @param {number} length */
const bitsOf = (value, length) => Array.from({ length }, (_, i) => (value >> (length - 1 - i)) & 1);

/** Cut into blocks, each with its correction words, woven together. @param {number[]} words @param {number} version */
function withCorrection(words, version) {
  const [, ec, count] = capacities[version - 1], short = Math.floor(words.length / count), long = words.length % count;
  const blocks = [];
  for (let i = 0, at = 0; i < count; i++) {
    const length = short + (i >= count - long ? 1 : 0);
    blocks.push(words.slice(at, at += length));
  }
  const checks = blocks.map((block) => remainder(block, ec));
  return [...woven(blocks, short + 1), ...woven(checks, ec)];
}

/** @param {number[][]} blocks @param {number} length */
const woven = (blocks, length) => Array.from({ length }, (_, i) => blocks.flatMap((block) => (i < block.length ? [block[i]] : []))).flat();

const powers = /** @type {number[]} */ ([]), logs = /** @type {number[]} */ ([]);
for (let i = 0, x = 1; i < 255; i++, x = x << 1 ^ (x > 127 ? 0x11d : 0)) [powers[i], logs[x]] = [x, i];

/** @param {number} a @param {number} b */
const times = (a, b) => (a && b ? powers[(logs[a] + logs[b]) % 255] : 0);

/** Reed–Solomon. @param {number[]} block @param {number} degree */
function remainder(block, degree) {
  let generator = [1];
  for (let i = 0; i < degree; i++) generator = [...generator, 0].map((value, j) => value ^ times(generator[j - 1] ?? 0, powers[i]));
  const rest = [...block, ...new Array(degree).fill(0)];
  for (let i = 0; i < block.length; i++) {
    const factor = rest[i];
    generator.forEach((value, j) => { rest[i + j] ^= times(value, factor); });
  }
  return rest.slice(block.length);
}

/** @param {number[]} words @param {number} version @param {number} mask */
function drawn(words, version, mask) {
  const size = version * 4 + 17;
  const rows = Array.from({ length: size }, () => /** @type {(boolean | undefined)[]} */ (new Array(size).fill(undefined)));
  drawPatterns(rows, version);
  drawFormat(rows, mask);
  drawWords(rows, words, mask);
  return /** @type {boolean[][]} */ (rows);
}

/** @param {(boolean | undefined)[][]} rows @param {number} version */
function drawPatterns(rows, version) {
  const size = rows.length, places = alignments[version - 1], last = places[places.length - 1];
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(rows, cx, cy, 4, (ring) => ring !== 2 && ring !== 4);
  for (let i = 8; i < size - 8; i++) rows[6][i] = rows[i][6] = i % 2 === 0;
  for (const x of places) for (const y of places) {
    const isFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
    if (!isFinder) square(rows, x, y, 2, (ring) => ring !== 1);
  }
  rows[size - 8][8] = true;
  if (version < 7) return;
  const bits = version << 12 | check(version, 0x1f25, 12);
  for (let i = 0; i < 18; i++) {
    const [a, b] = [size - 11 + i % 3, Math.floor(i / 3)];
    rows[a][b] = rows[b][a] = ((bits >> i) & 1) === 1;
  }
}

/** @param {(boolean | undefined)[][]} rows @param {number} cx @param {number} cy @param {number} reach @param {(ring: number) => boolean} isDark */
function square(rows, cx, cy, reach, isDark) {
  for (let y = cy - reach; y <= cy + reach; y++) for (let x = cx - reach; x <= cx + reach; x++) {
    if (rows[y] && x >= 0 && x < rows.length) rows[y][x] = isDark(Math.max(Math.abs(x - cx), Math.abs(y - cy)));
  }
}

/** @param {(boolean | undefined)[][]} rows @param {number} mask */
function drawFormat(rows, mask) {
  const size = rows.length;
  const bits = (mask << 10 | check(mask, 0x537, 10)) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const dark = ((bits >> i) & 1) === 1;
    rows[i < 6 ? i : i < 8 ? i + 1 : size - 15 + i][8] = dark;
    rows[8][i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i] = dark;
  }
}

/** The check bits of a BCH code. @param {number} value @param {number} polynomial @param {number} length */
function check(value, polynomial, length) {
  let rest = value << length;
  for (let bit = 31 - Math.clz32(rest); bit >= length; bit = 31 - Math.clz32(rest)) rest ^= polynomial << (bit - length);
  return rest;
}

const masks = [
  (/** @type {number} */ x, /** @type {number} */ y) => (x + y) % 2, (/** @type {number} */ _, /** @type {number} */ y) => y % 2,
  (/** @type {number} */ x) => x % 3, (/** @type {number} */ x, /** @type {number} */ y) => (x + y) % 3,
  (/** @type {number} */ x, /** @type {number} */ y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (/** @type {number} */ x, /** @type {number} */ y) => x * y % 2 + x * y % 3,
  (/** @type {number} */ x, /** @type {number} */ y) => (x * y % 2 + x * y % 3) % 2,
  (/** @type {number} */ x, /** @type {number} */ y) => ((x + y) % 2 + x * y % 3) % 2,
];

/** In columns of two, from the right, up and down by turns. @param {(boolean | undefined)[][]} rows @param {number[]} words @param {number} mask */
function drawWords(rows, words, mask) {
  const size = rows.length, bits = words.flatMap((word) => bitsOf(word, 8));
  let at = 0, up = true;
  for (let right = size - 1; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let i = 0; i < size; i++) for (const x of [right, right - 1]) {
      const y = up ? size - 1 - i : i;
      if (rows[y][x] === undefined) rows[y][x] = ((bits[at++] ?? 0) === 1) !== (masks[mask](x, y) === 0);
    }
  }
}

/** How hard to read, by the standard's four rules. @param {boolean[][]} rows */
function penalty(rows) {
  const size = rows.length, columns = rows.map((_, x) => rows.map((row) => row[x]));
  let sum = 0, dark = 0;
  for (const line of [...rows, ...columns]) {
    const text = line.map(Number).join('');
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    sum += 40 * [...text.matchAll(/(?=00001011101|10111010000)/g)].length;
  }
  for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
    dark += Number(rows[y][x]);
    if (x && y && rows[y][x] === rows[y - 1][x] && rows[y][x] === rows[y][x - 1] && rows[y][x] === rows[y - 1][x - 1]) sum += 3;
  }
  return sum + 10 * Math.floor(Math.abs(dark * 20 / size ** 2 - 10));
}
