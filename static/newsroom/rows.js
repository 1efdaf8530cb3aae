/* The order of rows by dragging and by arrows. Without this script each row has a number, which does the same. */
'use strict';
{
  const rowsOf = group => Array.from(group.querySelectorAll('tbody > tr.form-row:not(.empty-form)'));
  const numberOf = row => row.querySelector('.field-position input');
  const nameOf = row => (row.querySelector('input[type="text"]') || {}).value || '';

  function renumber(group) {
    rowsOf(group).forEach((row, index, all) => {
      numberOf(row).value = index + 1;
      const [up, down] = row.querySelectorAll('.desk-move');
      up.disabled = index === 0;
      down.disabled = index === all.length - 1;
    });
  }

  function move(group, row, step) {
    const all = rowsOf(group);
    const other = all[all.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row); else other.after(row);
    renumber(group);
  }

  function button(group, row, sign, label, step) {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = 'desk-move';
    made.textContent = sign;
    made.setAttribute('aria-label', `${label} ${nameOf(row)}`.trim());
    made.addEventListener('click', () => {
      move(group, row, step);
      // The button at the end of its way is disabled and would lose the keyboard.
      (made.disabled ? row.querySelector('.desk-move:not(:disabled)') || made : made).focus();
    });
    return made;
  }

  function handle(group, row) {
    const made = document.createElement('span');
    made.className = 'desk-handle';
    made.textContent = '⠿';
    made.title = group.dataset.drag;
    made.setAttribute('aria-hidden', 'true');
    made.addEventListener('pointerdown', event => {
      event.preventDefault();
      made.setPointerCapture(event.pointerId);
      row.classList.add('desk-row-held');
    });
    // The others make way; the row that is held stays where it is in the page, or it would be let go of.
    made.addEventListener('pointermove', event => {
      if (!made.hasPointerCapture(event.pointerId)) return;
      const middle = each => each.getBoundingClientRect().top + each.getBoundingClientRect().height / 2;
      const neighbour = step => rowsOf(group)[rowsOf(group).indexOf(row) + step];
      let other;
      while ((other = neighbour(-1)) && event.clientY < middle(other)) row.after(other);
      while ((other = neighbour(1)) && event.clientY > middle(other)) row.before(other);
    });
    made.addEventListener('lostpointercapture', () => {
      row.classList.remove('desk-row-held');
      renumber(group);
    });
    return made;
  }

  function equip(group, row) {
    const cell = row.querySelector('.field-position');
    if (cell.querySelector('.desk-row-grip')) return;
    const grip = document.createElement('span');
    grip.className = 'desk-row-grip';
    grip.append(
      handle(group, row),
      button(group, row, '↑', group.dataset.up, -1),
      button(group, row, '↓', group.dataset.down, 1),
    );
    numberOf(row).classList.add('desk-hidden');
    cell.append(grip);
  }

  const groups = () => document.querySelectorAll('.inline-group[data-ordered]');

  document.addEventListener('DOMContentLoaded', () => {
    for (const group of groups()) {
      rowsOf(group).forEach(row => equip(group, row));
      renumber(group);
    }
  });

  document.addEventListener('formset:added', event => {
    const group = event.target.closest && event.target.closest('.inline-group[data-ordered]');
    if (!group) return;
    event.target.querySelectorAll('.desk-row-grip').forEach(old => old.remove());
    equip(group, event.target);
    renumber(group);
  });

  // When a new row is taken out, Django numbers the fields by where they stand; it must find them in the order in
  // which it made them, or a new row would be taken for one that is stored.
  document.addEventListener('formset:removed', event => {
    const group = document.getElementById(`${event.detail.formsetName}-group`);
    if (!group || !('ordered' in group.dataset)) return;
    const shown = rowsOf(group);
    const body = shown.length ? shown[0].parentNode : null;
    if (!body) return;
    const made = [...shown].sort((a, b) => Number(a.id.split('-').pop()) - Number(b.id.split('-').pop()));
    const end = body.querySelector('.empty-form');
    made.forEach(row => body.insertBefore(row, end));
    setTimeout(() => {
      shown.forEach(row => body.insertBefore(row, end));
      renumber(group);
    });
  });
}
