// Excerpts are cut from excerpts.js (book/_ext/excerpts.py): they are text, and there on a page opened as a file.
(() => {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false; // Sphinx would fetch each page, and show its TeX
  const excerpt = (result) => {
    const link = result.querySelector("a");
    const text = EXCERPTS[link?.getAttribute("href").split(".html")[0]];
    if (!text || result.childElementCount > 1) return;
    const words = splitQuery(new URLSearchParams(location.search).get("q") ?? "");
    const stems = words.map((word) => new Stemmer().stemWord(word.toLowerCase()));
    Search.htmlToText = () => text;
    result.append(Search.makeSearchSummary(text, [...stems, ...words]));
  };
  const watch = new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.matches?.("ul.search > li")) excerpt(node);
  });
  addEventListener("DOMContentLoaded", () => {
    watch.observe(document.getElementById("search-results"), { childList: true, subtree: true });
  });
})();
