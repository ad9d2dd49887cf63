// The shop's own few lines: buttons that open the chat, and the order page, which adds up and sends nothing anywhere.

for (const button of document.querySelectorAll('button[data-chat]')) {
  button.addEventListener('click', () => /** @type {any} */ (window).nightdesk?.('open'));
}

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-order]'));

if (form) {
  const wanted = new URLSearchParams(location.search).get('item') ?? 'lamp';
  const item = /** @type {HTMLSelectElement} */ (form.elements.namedItem('item'));
  if ([...item.options].some((option) => option.value === wanted)) item.value = wanted;
  form.addEventListener('input', () => showSum(form));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const done = form.querySelector('.done');
    if (done instanceof HTMLElement) {
      done.textContent = done.dataset.text ?? '';
      done.focus();
    }
  });
  showSum(form);
}

/** @param {HTMLFormElement} form */
function showSum(form) {
  const item = /** @type {HTMLSelectElement} */ (form.elements.namedItem('item'));
  const goods = Number(item.selectedOptions[0].dataset.price) * countIn(form);
  const extras = [...form.querySelectorAll('input[data-price]:checked')]
    .reduce((sum, tick) => sum + Number(/** @type {HTMLElement} */ (tick).dataset.price), 0);
  const shipping = goods >= 99 ? 0 : 8;
  show(form, 'goods', goods);
  show(form, 'shipping', shipping + extras);
  show(form, 'total', goods + shipping + extras);
}

/** @param {HTMLFormElement} form */
function countIn(form) {
  const count = /** @type {HTMLInputElement} */ (form.elements.namedItem('count'));
  return Math.min(9, Math.max(1, Math.round(Number(count.value)) || 1));
}

/** @param {HTMLFormElement} form @param {string} part @param {number} yuan */
function show(form, part, yuan) {
  const place = form.querySelector(`[data-sum="${part}"]`);
  if (place) place.textContent = `¥${yuan}`;
}
