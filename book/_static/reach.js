// What scrolls sideways can be reached and scrolled by keys; a fold is called after what it holds.
// Paper is white, so what is dark on the screen is printed in the light.
(() => {
  const BOXES = "article :is(pre, .math, mjx-container, .output, .pst-scrollable-table-container, figure)";
  const mark = () => {
    for (const box of document.querySelectorAll(BOXES)) {
      const style = getComputedStyle(box);
      const scrolls =
        (box.scrollWidth > box.clientWidth && /auto|scroll/.test(style.overflowX)) ||
        (box.scrollHeight > box.clientHeight && /auto|scroll/.test(style.overflowY));
      if (scrolls) box.tabIndex = 0;
      else if (box.getAttribute("tabindex") === "0") box.removeAttribute("tabindex");
    }
  };
  let asked = 0;
  const soon = () => {
    clearTimeout(asked);
    asked = setTimeout(mark, 100);
  };
  addEventListener("load", () => {
    mark();
    window.MathJax?.startup?.promise?.then(mark);
    new ResizeObserver(soon).observe(document.querySelector("article") ?? document.body);
  });
  document.addEventListener("toggle", soon, true);

  // sphinx_togglebutton calls all its buttons alike.
  addEventListener("load", () => {
    for (const button of document.querySelectorAll("article button.toggle-button")) {
      const title = button.closest(".admonition-title")?.textContent.trim().replace(/\s+/g, " ");
      if (title) button.setAttribute("aria-label", `Show or hide: ${title}`);
    }
  });

  const root = document.documentElement.dataset, paper = matchMedia("print");
  const toPaper = () => {
    if (root.theme === "dark") [root.theme, root.screen] = ["light", "dark"];
  };
  const toScreen = () => {
    if (root.screen) root.theme = root.screen;
    delete root.screen;
  };
  addEventListener("beforeprint", toPaper);
  addEventListener("afterprint", toScreen);
  paper.addEventListener("change", () => (paper.matches ? toPaper() : toScreen()));
})();
