// Excerpts are cut from excerpts.js (book/_ext/excerpts.py): they are text, and there on a page opened as a file.
(() => {
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false; // Sphinx would fetch each page, and show its TeX
  const excerpt = (result) => {
    const text = EXCERPTS[result.querySelector("a").getAttribute("href").split(".html")[0]];
    if (!text || result.childElementCount > 1) return; // a name of the library is described already
    const words = splitQuery(new URLSearchParams(location.search).get("q") ?? "");
    const stems = words.map((word) => new Stemmer().stemWord(word.toLowerCase()));
    Search.htmlToText = () => text;
    result.append(Search.makeSearchSummary(text, [...stems, ...words]));
  };
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    added.filter((node) => node.matches?.("#search-results ul.search > li")).forEach(excerpt);
  }).observe(document, { childList: true, subtree: true });
})();
