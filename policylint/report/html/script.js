// Filters: they need a script, so they are shown only where one runs.
for (const form of document.querySelectorAll(".filter")) {
  const cards = [...form.parentElement.querySelectorAll(".card")];
  const status = form.querySelector(".shown");
  const apply = () => {
    const off = (kind) => new Set([...form.querySelectorAll(`[data-${kind}]:not(:checked)`)].map((box) => box.dataset[kind]));
    const severities = off("severity"), families = off("family");
    let shown = 0;
    for (const card of cards) {
      card.hidden = severities.has(card.dataset.severity) || families.has(card.dataset.family);
      shown += card.hidden ? 0 : 1;
    }
    status.textContent = `${shown} / ${cards.length}`;
  };
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
}
// A link to a finding that the filters hide shows it again.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const card = target && target.closest(".card");
  if (card && card.hidden) {
    card.hidden = false;
    target.scrollIntoView();
  }
  if (target && target.closest("details")) target.closest("details").open = true;
};
window.addEventListener("hashchange", reveal);
reveal();
