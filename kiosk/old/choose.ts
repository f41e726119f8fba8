/**
 * Gives a browser the build for old panels, where the build of today has not started: it could not be
 * parsed (dynamic `import()` came with Chromium 63, `?.` with 80), or found something missing. The second
 * half of the page's first script, so that it costs today's browsers no fetch of its own; it waits until
 * that build has had its turn, which the page's `load` tells. Written in the language of 2011, since it
 * must run everywhere. `script` and `style` are addresses.
 */
export function chooser(script: string, style: string): string {
  return `addEventListener("load", function () {
  if (window.guichetHasStarted) return;
  var place = document.getElementById("screen");
  if (!("noModule" in document.createElement("script"))) {
    place.textContent = "This browser is too old for Guichet: it needs Chromium 61.";
    return;
  }
  document.querySelector('link[rel="stylesheet"]').href = ${JSON.stringify(style)};
  var script = document.createElement("script");
  script.src = ${JSON.stringify(script)};
  document.body.appendChild(script);
});
`.replace(/\n\s*/g, "");
}
