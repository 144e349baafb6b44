// A figure for a lecture hall, which fills the screen, and for a teacher's own page, which shows it alone in a frame.

omcore.show = (() => {
  "use strict";

  const ROWS = 600; // pixels of a drawing that a screen is high; what is higher enlarges its letters

  const whole = (host) => host.closest("figure") ?? host; // with its caption

  /** Fill the screen with a figure, or leave it again; Escape leaves, too. */
  function present(host) {
    if (document.fullscreenElement) document.exitFullscreen();
    else whole(host).requestFullscreen();
  }

  addEventListener("keydown", ({ key }) => key === "Escape" && document.fullscreenElement && document.exitFullscreen());

  /** How much larger than on the page the panels of an element are drawn. */
  const zoom = (inside) => (document.fullscreenElement?.contains(inside) ? Math.max(1, innerHeight / ROWS) : 1);

  /** The line of HTML that puts a figure, in its state, on another page. */
  function line({ host, spec }, hash) {
    const address = new URL(`?embed=${encodeURIComponent(spec.name)}${hash}`, location.href.split(/[?#]/)[0]);
    const attributes = { src: address.href, title: document.title, width: "100%", height: whole(host).scrollHeight + 80, style: "border: 0",
      allow: "fullscreen; clipboard-write" };
    const given = Object.entries(attributes).map(([name, value]) => `${name}="${omcore.labels.escape(value)}"`);
    return `<iframe ${given.join(" ")}></iframe>`;
  }

  /** In a frame a page shows the figure that its address names, and where it comes from. */
  function alone(figures) {
    const name = new URLSearchParams(location.search).get("embed");
    const one = figures.find(({ spec }) => spec.name === name);
    if (!one) return;
    const source = omcore.controls.element(`<p class="live-source">From <a target="_blank" rel="noopener"></a></p>`);
    Object.assign(source.firstElementChild, { href: location.href.split(/[?#]/)[0], textContent: document.title });
    whole(one.host).append(source);
    whole(one.host).classList.add("live-alone");
  }

  return { present, zoom, line, alone };
})();
