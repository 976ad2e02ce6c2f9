// Starts what a class needs in every page: without one, only listens for what opens or enters one.

takeCode();
watchPlaces();
watchReader();
document.addEventListener("gatescope-class", async ({ detail: { code, answer } }) => {
  if (code) enterClass(code);
  else answer(await openClass());
});
document.addEventListener("gatescope-ask", ({ detail }) => room.leads && say({ ask: detail }));
document.addEventListener("gatescope-reveal", ({ detail }) => revealAsked(detail));
new MutationObserver(() => room.connected && connect()) // for the words of another language
  .observe(document.documentElement, { attributeFilter: ["lang"] });
if (codeOfTab()) addEventListener("DOMContentLoaded", connect);
