// For pages whose editor strips type="module": fetches the module beside it.
// This file never changes, so that an integrity attribute holds for ever.
(function (own) {
  if (own) import(new URL("../embed.js", own.src).href);
})(document.currentScript);
