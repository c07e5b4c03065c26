// Filters: they need a script, so they are shown only where one runs.
for (const form of document.querySelectorAll(".filter")) {
  const cards = [...form.parentElement.querySelectorAll(".card")];
  const marks = [...form.closest("article").querySelectorAll(".policy sup a, .absent .ref")];
  const status = form.querySelector(".shown");
  const accepted = form.querySelector("[data-accepted]");
  const apply = () => {
    const off = (kind) => new Set([...form.querySelectorAll(`[data-${kind}]:not(:checked)`)].map((box) => box.dataset[kind]));
    const severities = off("severity"), families = off("family");
    let shown = 0;
    for (const card of cards) {
      card.hidden = severities.has(card.dataset.severity) || families.has(card.dataset.family);
      shown += card.hidden ? 0 : 1;
    }
    if (cards.length) status.textContent = status.dataset.told.replace("{}", shown).replace("{}", cards.length);
    form.closest("article").classList.toggle("no-accepted", Boolean(accepted && !accepted.checked));
    form.classList.toggle("active", shown < cards.length);
    for (const mark of marks) {
      const card = document.getElementById(mark.hash.slice(1))?.closest(".card");
      mark.classList.toggle("off", Boolean(card?.hidden));
    }
  };
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
}
// A link to what the filters hide shows it again.
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const card = target && target.closest(".card");
  if (card && card.hidden) {
    card.hidden = false;
    target.scrollIntoView();
  }
  const article = target && target.closest(".no-accepted");
  if (article && target.closest(".accepted-list")) {
    article.querySelector("[data-accepted]").click();
    target.scrollIntoView();
  }
  if (target && target.closest("details")) target.closest("details").open = true;
};
window.addEventListener("hashchange", reveal);
reveal();
