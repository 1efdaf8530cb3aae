/* Asks whether what a worker is making is there, and shows the page anew when something has changed. */
(function () {
  "use strict";

  const place = document.querySelector("[data-waiting]");
  if (!place) return;
  const known = place.dataset.state;

  async function ask() {
    try {
      const answer = await fetch(place.dataset.waiting, { headers: { Accept: "application/json" } });
      if (answer.ok && !answer.redirected) {
        const { state } = await answer.json();
        if (state !== known) {
          location.reload();
          return;
        }
      }
    } catch (error) {
      // The newsroom does not answer; the next question may.
    }
    setTimeout(ask, document.hidden ? 5000 : 1200);
  }

  ask();
})();
