// What a keyboard, a brush and a live line add to pages that are complete without them. Values go in as text, never as HTML.
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// Local time beside UTC, on hover and focus.
const local = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'long' });
function localTimes(root) {
  for (const time of $$('time[datetime]', root)) {
    const at = new Date(time.dateTime);
    if (!Number.isNaN(at.getTime())) time.title = local.format(at);
  }
}
localTimes(document);
document.addEventListener('htmx:load', (e) => localTimes(e.target));

// Every change that htmx makes carries the session's word.
document.addEventListener('htmx:configRequest', (e) => {
  e.detail.headers['X-CSRF'] = document.body.dataset.csrf;
});

// Copies the text of another element.
for (const button of $$('[data-copy]')) {
  button.addEventListener('click', async () => {
    const text = $(button.dataset.copy).textContent;
    try {
      await navigator.clipboard.writeText(text);
      button.classList.add('ok');
      setTimeout(() => button.classList.remove('ok'), 1500);
    } catch {
      getSelection().selectAllChildren($(button.dataset.copy)); // no right to the clipboard: ready for Ctrl-C
    }
  });
}

for (const field of $$('[data-submit]')) field.addEventListener('change', () => field.form.requestSubmit());

// Rows: j and k move, Enter opens, x picks.
function rows() {
  return $$('table.queue tbody tr, table.events tbody tr, main table.rows tbody tr').filter((row, i, all) => all.indexOf(row) === i);
}
let cursor = rows().findIndex((row) => row.getAttribute('aria-current') === 'true');
rows()[cursor]?.classList.add('cursor');
if (cursor >= 0) rows()[cursor].scrollIntoView({ block: 'center' });
function moveTo(index) {
  const all = rows();
  if (all.length === 0) return;
  all[cursor]?.classList.remove('cursor');
  cursor = Math.max(0, Math.min(index, all.length - 1));
  const row = all[cursor];
  row.classList.add('cursor');
  row.scrollIntoView({ block: 'nearest' });
  if (row.classList.contains('event')) open(row);
}
function open(row) {
  const link = $('a.open', row) ?? $('a', row);
  if (!link) return;
  if (link.hasAttribute('hx-get')) link.click();
  else location.href = link.href;
}
for (const row of $$('tr.event')) {
  row.addEventListener('click', (e) => {
    if (e.target.closest('a') || String(getSelection())) return;
    moveTo(rows().indexOf(row));
  });
}
function pick() {
  const box = $('input[type=checkbox]', rows()[cursor] ?? document.createElement('tr'));
  if (!box) return;
  box.checked = !box.checked;
  box.closest('tr').classList.toggle('picked', box.checked);
}
for (const box of $$('table.queue input[type=checkbox]')) {
  box.addEventListener('change', () => box.closest('tr').classList.toggle('picked', box.checked));
}
function act(key) {
  const button = $(`button[data-key="${key}"]`);
  if (!button) return;
  const form = button.form;
  const boxes = $$('input[name=id][type=checkbox]', form);
  if (boxes.length > 0 && !boxes.some((box) => box.checked)) pick();
  const reason = $('input[name=reason]', form);
  if (key === 'c' && reason && !reason.value) reason.focus();
  else form.requestSubmit(button);
}

// Lines around the event of the row, or of the page.
function around() {
  const id = rows()[cursor]?.dataset.id ?? $('[data-event]')?.dataset.event;
  if (id) location.href = `/events/${id}/around`;
}

// Searches saved and of before: what unfolds is reached at once, arrows go through it.
function kept() {
  const box = $('#kept');
  if (!box) {
    location.href = '/saved';
    return;
  }
  box.open = !box.open;
  if (box.open) ($('li a', box) ?? $('summary', box)).focus();
}
document.addEventListener('htmx:load', (e) => {
  const box = e.target.closest?.('#kept');
  if (box?.open && !document.activeElement.closest('#kept form')) $('li a', box)?.focus();
});
for (const box of $$('#kept')) {
  box.addEventListener('keydown', (e) => {
    if (e.key === 'Escape') {
      box.open = false;
      $('summary', box).focus();
    }
    if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
    const links = $$('li a', box);
    const at = links.indexOf(document.activeElement);
    if (at < 0) return;
    e.preventDefault();
    links[Math.max(0, Math.min(links.length - 1, at + (e.key === 'ArrowDown' ? 1 : -1)))].focus();
  });
}

const places = { b: '/', s: '/search', a: '/alerts', i: '/incidents', o: '/sources', n: '/agencies', p: '/playbooks', f: '/proof' };
let leading = false;
document.addEventListener('keydown', (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.closest('input, textarea, select')) {
    if (e.key === 'Escape') e.target.blur();
    return;
  }
  if (leading) {
    leading = false;
    // Only where the reader may go: where the navigation leads.
    const place = places[e.key];
    if (place && $(`nav a[href="${place}"]`)) location.href = place;
    return;
  }
  const keys = {
    '/': () => ($('#q') ?? $('#quick'))?.focus(),
    '?': () => (location.href = '/help'),
    g: () => (leading = true),
    j: () => moveTo(cursor + 1),
    k: () => moveTo(cursor - 1),
    Enter: () => cursor >= 0 && !e.target.closest('a, button') && open(rows()[cursor]),
    v: around,
    h: kept,
    x: pick,
    a: () => act('a'),
    e: () => act('e'),
    c: () => act('c'),
    Escape: () => $('#drawer')?.replaceChildren(),
  };
  const key = keys[e.key];
  if (key) {
    if (e.key === '/' || e.key === 'c' || e.key === 'h') e.preventDefault();
    key();
  }
});

// The histogram: drag to choose a time.
for (const figure of $$('.hist')) {
  const svg = $('svg', figure);
  const from = Date.parse(figure.dataset.from);
  const to = Date.parse(figure.dataset.to);
  let start = null;
  const brush = document.createElement('div');
  brush.className = 'brush';
  const share = (e) => {
    const box = svg.getBoundingClientRect();
    return Math.max(0, Math.min(1, (e.clientX - box.left) / box.width));
  };
  svg.addEventListener('dragstart', (e) => e.preventDefault());
  svg.addEventListener('pointerdown', (e) => {
    start = share(e);
    figure.append(brush);
    brush.hidden = true;
  });
  window.addEventListener('pointermove', (e) => {
    if (start === null) return;
    const now = share(e);
    const width = svg.getBoundingClientRect().width;
    brush.hidden = Math.abs(now - start) < 0.004;
    brush.style.setProperty('left', `${Math.min(now, start) * width}px`);
    brush.style.setProperty('width', `${Math.abs(now - start) * width}px`);
  });
  window.addEventListener('pointerup', (e) => {
    if (start === null) return;
    const [a, b] = [Math.min(start, share(e)), Math.max(start, share(e))];
    start = null;
    brush.remove();
    if (b - a < 0.004) return;
    const url = new URL(location.href);
    url.searchParams.delete('span');
    url.searchParams.delete('cursor');
    url.searchParams.set('from', new Date(from + a * (to - from)).toISOString());
    url.searchParams.set('to', new Date(from + b * (to - from)).toISOString());
    svg.addEventListener('click', (click) => click.preventDefault(), { once: true, capture: true });
    location.href = url;
  });
}

// The live line: pages that want to know listen for "live" on the body.
if (document.body.dataset.csrf) {
  let missed = 0;
  const mark = $('#live');
  const stream = new EventSource('/live');
  const hear = () => {
    document.body.dispatchEvent(new CustomEvent('live'));
    if (mark && !$('#board')) {
      mark.hidden = false;
      mark.textContent = `+${(missed += 1)}`;
    }
  };
  for (const kind of ['alert', 'incident', 'run']) stream.addEventListener(kind, hear);
  window.addEventListener('pagehide', () => stream.close());
}
