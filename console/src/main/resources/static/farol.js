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
function opens(row) {
  row.addEventListener('click', (e) => {
    if (e.target.closest('a') || String(getSelection())) return;
    moveTo(rows().indexOf(row));
  });
}
$$('tr.event').forEach(opens);
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

// A search that takes longer than a glance: how far it is, and a way out, on the page that asked for it.
const GLANCE = 300;
let asking = 0;
function watch(address) {
  const query = new URL(address, location.href).searchParams.get('q') ?? '';
  const mine = (asking += 1);
  let place = $('#under-way');
  if (!place) {
    place = document.createElement('div');
    place.id = 'under-way';
    $('main').prepend(place);
  }
  place.replaceChildren();
  let asked = 0;
  const since = performance.now();
  const ask = async () => {
    if (mine !== asking || $('.underway', place) || (asked += 1) > 40) return;
    try {
      const within = Math.ceil(performance.now() - since) + 250; // the way there may be slower than that of the search
      await htmx.ajax('GET', `/search/running?q=${encodeURIComponent(query)}&within=${within}`, { target: place, swap: 'innerHTML' });
    } catch {
      return; // the answer has come meanwhile
    }
    setTimeout(ask, GLANCE);
  };
  setTimeout(ask, GLANCE);
}
document.addEventListener('submit', (e) => {
  if (e.target.getAttribute('action') === '/search') watch(`/search?${new URLSearchParams(new FormData(e.target))}`);
});
document.addEventListener('click', (e) => {
  const link = e.target.closest('a[href^="/search?"]');
  if (link && !e.defaultPrevented && e.button === 0 && !e.ctrlKey && !e.metaKey && !e.shiftKey && !link.hasAttribute('hx-get')) watch(link.href);
});
window.addEventListener('pageshow', () => {
  asking += 1;
  $('#under-way')?.remove();
});

// A line of server-sent events, open only while the page can be seen: a browser has few connections to one server. It goes
// on where it was, by the id of the last event that came; what came meanwhile comes then.
function follow(address, heard, lost = () => {}) {
  let line = null;
  let last = '';
  let isOver = false;
  const rest = () => {
    line?.close();
    line = null;
  };
  const open = () => {
    if (line || isOver) return;
    const from = new URL(address, location.href);
    if (last) from.searchParams.set('after', last);
    const mine = (line = new EventSource(from.pathname + from.search));
    for (const [kind, hear] of Object.entries(heard)) {
      mine.addEventListener(kind, (e) => {
        last = e.lastEventId || last;
        hear(e);
        if (document.hidden) rest(); // it is known where to go on
      });
    }
    mine.addEventListener('error', () => mine === line && mine.readyState === EventSource.CLOSED && lost());
  };
  document.addEventListener('visibilitychange', () => (document.hidden ? last && rest() : open()));
  window.addEventListener('pagehide', rest);
  window.addEventListener('pageshow', (e) => e.persisted && open());
  open();
  return () => {
    isOver = true;
    rest();
  };
}

// New rows as they come. They are held back while the reader looks at one, and of many the oldest are let go.
const MOST_ROWS = 500;
const MOST_HELD = 200;
const tail = $('#tail');
if (tail) {
  const hold = $('#tail-hold');
  const note = $('#tail-note');
  const say = note.dataset;
  const table = $('table.events');
  let leave = null;
  let held = [];
  let fresh = 0;
  let more = 0;
  let partial = false;
  let over = false;
  const isHeld = () => over || hold.getAttribute('aria-pressed') === 'true';
  const tell = (end) => {
    const words = [[say.new, fresh], [say.held, held.length], [say.more, more]].filter(([, n]) => n > 0);
    const said = words.map(([word, n]) => word.replace('{0}', n.toLocaleString(document.documentElement.lang)));
    if (partial) said.push(say.partial);
    if (end) said.push(end);
    note.textContent = said.join(' · ');
  };
  const show = () => {
    const body = $('tbody', table);
    table.hidden = false; // the page may have had no row: now it has
    $('.grid .empty')?.remove();
    for (const html of held) {
      // As the server wrote it, from the same template as the rows that are here.
      const holder = document.createElement('template');
      holder.innerHTML = html;
      const row = $('tr', holder.content);
      if (!row || $(`tr[data-id="${CSS.escape(row.dataset.id)}"]`, body)) continue;
      body.prepend(row);
      opens(row);
      localTimes(row);
      htmx.process(row);
      fresh += 1;
      if (cursor >= 0) cursor += 1;
    }
    held = [];
    while (body.rows.length > MOST_ROWS) body.rows[body.rows.length - 1].remove();
  };
  const flow = () => {
    if (!isHeld() && held.length > 0) show();
    tell();
  };
  const end = (why) => {
    leave?.();
    leave = null;
    tail.setAttribute('aria-pressed', 'false');
    hold.hidden = true;
    history.replaceState(null, '', location.pathname + location.search);
    tell(why);
  };
  const begin = () => {
    const heard = {
      event: (e) => {
        held.push(e.data);
        if (held.length > MOST_HELD) {
          held.shift();
          more += 1;
        }
        flow();
      },
      more: (e) => {
        const told = JSON.parse(e.data);
        more += told.count;
        partial ||= !told.exact;
        tell();
      },
      at: (e) => {
        // Where a line that is begun anew goes on; one that only broke sends it as Last-Event-ID.
        const next = new URL(tail.dataset.tail, location.href);
        next.searchParams.set('after', e.data);
        tail.dataset.tail = next.pathname + next.search;
      },
      end: (e) => end(say.end.replace('{0}', () => e.data)),
    };
    leave = follow(tail.dataset.tail, heard, () => end(say.lost));
    tail.setAttribute('aria-pressed', 'true');
    hold.hidden = false;
    history.replaceState(null, '', '#live');
    tell();
  };
  tail.addEventListener('click', () => (leave ? end() : begin()));
  hold.addEventListener('click', () => {
    hold.setAttribute('aria-pressed', String(hold.getAttribute('aria-pressed') !== 'true'));
    flow();
  });
  table?.addEventListener('pointerenter', () => (over = true));
  table?.addEventListener('pointerleave', () => {
    over = false;
    flow();
  });
  tail.hidden = false;
  if (location.hash === '#live') begin();
}

// The live line: pages that want to know listen for "live" on the body.
if (document.body.dataset.csrf) {
  let missed = 0;
  const mark = $('#live');
  let forMe = '';
  const hear = () => {
    document.body.dispatchEvent(new CustomEvent('live'));
    if (mark && (forMe || !$('#board'))) {
      mark.hidden = false;
      mark.textContent = forMe || `+${(missed += 1)}`;
    }
  };
  // An alert that a decision tells to whoever reads stays in sight by its title.
  const hearAlert = (e) => {
    const { notify = '', title = '' } = JSON.parse(e.data);
    if (notify.split(',').includes(document.body.dataset.me)) forMe = `${document.body.dataset.told} ${title.slice(0, 80)}`;
    hear();
  };
  follow('/live', { at: () => {}, alert: hearAlert, incident: hear, run: hear });
}

// A file that is chosen becomes the text of a form, which sends it as if pasted.
document.querySelectorAll('input[data-into]').forEach((input) => {
  input.closest('[data-file]').hidden = false;
  input.addEventListener('change', async () => {
    const file = input.files[0];
    if (file) document.getElementById(input.dataset.into).value = await file.text();
  });
});
