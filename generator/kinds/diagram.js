(function () {
  var container = document.getElementById("image-occlusion-container"), card = container.parentNode, late, answer;
  function shown(masked) {
    clearTimeout(late);
    card.classList[masked ? "add" : "remove"]("masked");
    if (masked && container.style.visibility === "hidden") {
      // Only now has the picture its height: what Anki scrolled to has moved.
      answer = document.getElementById("answer");
      if (answer) answer.scrollIntoView();
    }
    container.style.visibility = masked ? "visible" : "hidden";
  }
  try {
    var done = anki.imageOcclusion.setup({ onDidDrawShapes: function () { shown(true); } });
    if (done && done.then) done.then(null, function () { shown(false); });
    card.classList.add("masked");
    late = setTimeout(function () { shown(false); }, 4000);
  } catch (e) { shown(false); }
})();
