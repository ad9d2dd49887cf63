// Finding by a few letters. Pure.

/**
 * The offers that match, in the order of their groups, the best of each group first.
 * @template {{words: string, more?: string, group: string}} Offer
 * @param {readonly Offer[]} offers @param {string} query @param {number} limit @returns {Offer[]}
 */
export function ranked(offers, query, limit) {
  const sought = query.trim().toLowerCase();
  const groups = [...new Set(offers.map((offer) => offer.group))];
  const share = sought ? limit : Math.ceil(limit / groups.length);
  const found = groups.flatMap((group) => offers.filter((offer) => offer.group === group)
    .map((offer) => ({ offer, rank: rankOf(offer, sought) }))
    .filter(({ rank }) => rank < 4)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, share));
  return found.map(({ offer }) => offer).slice(0, limit + groups.length);
}

/** @param {{words: string, more?: string}} offer @param {string} sought */
function rankOf({ words, more = '' }, sought) {
  const text = words.toLowerCase();
  if (text.startsWith(sought)) return 0;
  if (text.split(/[\s·:,]+/).some((word) => word.startsWith(sought))) return 1;
  if (text.includes(sought)) return 2;
  return more.toLowerCase().includes(sought) ? 3 : 4;
}
