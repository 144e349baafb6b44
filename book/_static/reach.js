// What scrolls sideways can be reached and scrolled by keys; what is folded is printed open.
(() => {
  const BOXES = "article :is(pre, .math, mjx-container, .output, .pst-scrollable-table-container, figure, .live-table)";
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

  // The theme opens solutions before it prints (sphinx_togglebutton); these are the other folds.
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("article details:not([open])")) {
      fold.open = true;
      fold.dataset.printed = "";
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of document.querySelectorAll("article details[data-printed]")) {
      fold.open = false;
      delete fold.dataset.printed;
    }
  });
})();
