// Keeps what is shown fresh; without it the page works too, and is as old as its last load.
'use strict';

async function refresh(part) {
  const answer = await fetch(part.dataset.source);
  if (!answer.ok) {
    return;
  }
  const fresh = document.createElement('template');
  fresh.innerHTML = await answer.text();
  if (fresh.innerHTML === part.innerHTML) {
    return;
  }
  const focused = part.contains(document.activeElement) && document.activeElement.href;
  part.replaceChildren(fresh.content);
  if (focused) {
    [...part.querySelectorAll('a')].find((link) => link.href === focused)
      ?.focus({preventScroll: true});
  }
}

async function refreshAll() {
  try {
    if (document.visibilityState === 'visible') {
      await Promise.all([...document.querySelectorAll('[data-source]')].map(refresh));
    }
  } catch {
    const status = document.querySelector('[role=status]');
    status.classList.add('away');
    status.textContent = 'The inbox does not answer; trying again';
  }
  setTimeout(refreshAll, 2000);
}

setTimeout(refreshAll, 2000);
