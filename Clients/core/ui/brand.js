// A company's own colour: lettering on it and text in it are made readable by computation, whatever was picked.

/** @typedef {[number, number, number]} Colour red, green, blue from 0 to 1 */

/** Sets the brand tokens on the page, for light and dark. @param {string | undefined} colour `#rrggbb` @param {HTMLElement} [root] */
export function setBrand(colour, root = document.documentElement) {
  const brand = parse(colour ?? '');
  if (!brand) return;
  const tokens = brandTokens(brand);
  for (const [name, value] of Object.entries(tokens)) root.style.setProperty(name, value);
}

/** @param {Colour} brand */
export function brandTokens(brand) {
  const [white, black] = [/** @type {Colour} */ ([1, 1, 1]), /** @type {Colour} */ ([0.07, 0.08, 0.12])];
  const onBrand = contrast(white, brand) >= 4.5 ? white : contrast(black, brand) >= 4.5 ? black : [0, 0, 0];
  const [light, dark] = [readable(brand, [0.93, 0.94, 0.96], [0, 0, 0]), readable(brand, [0.13, 0.14, 0.2], [1, 1, 1])];
  return {
    '--brand': css(brand),
    '--on-brand': css(/** @type {Colour} */ (onBrand)),
    '--brand-strong': css(/** @type {Colour} */ (brand.map((part) => part + ((onBrand === white ? 0 : 1) - part) * 0.14))),
    '--brand-ink': `light-dark(${css(light)}, ${css(dark)})`,
  };
}

/** The colour nearest to `colour`, going towards `pole`, that can be read on `ground`.
 * @param {Colour} colour @param {Colour} ground @param {Colour} pole @returns {Colour} */
function readable(colour, ground, pole) {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = /** @type {Colour} */ (colour.map((part, i) => part + (pole[i] - part) * share));
    if (contrast(mixed, ground) >= 5) return mixed;
  }
  return pole;
}

/** The contrast ratio of WCAG 2. @param {Colour} a @param {Colour} b */
export function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** @param {Colour} colour */
function luminance(colour) {
  const [r, g, b] = colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} text @returns {Colour | null} */
export function parse(text) {
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim());
  return parts && /** @type {Colour} */ (parts.slice(1).map((part) => parseInt(part, 16) / 255));
}

/** @param {Colour} colour */
const css = (colour) => `rgb(${colour.map((part) => Math.round(part * 255)).join(' ')})`;
