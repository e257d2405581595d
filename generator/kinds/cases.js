function coursedeckCase(back) {
  var all = document.querySelectorAll("[data-case]"), id = document.getElementById("cd-id").textContent, have = [], pick, kept, i, k;
  for (i = 0; i < all.length; i++) { k = all[i].getAttribute("data-case"); if (have.indexOf(k) < 0) have.push(k); }
  try { kept = sessionStorage.getItem("cdCase"); } catch (e) {}
  kept = String(window.cdCase || kept).split("|");
  if (back && kept[0] === id && have.indexOf(kept[1]) >= 0) pick = kept[1];
  else {
    var now = new Date(), t = id + "|" + Math.floor((now.getTime() - now.getTimezoneOffset() * 6e4 - 144e5) / 864e5), h = 2166136261;
    for (i = 0; i < t.length; i++) h = Math.imul(h ^ t.charCodeAt(i), 16777619);
    h = Math.imul(h ^ (h >>> 16), 2246822507); h = Math.imul(h ^ (h >>> 13), 3266489909);
    pick = have[((h ^ (h >>> 16)) >>> 0) % have.length];
  }
  window.cdCase = id + "|" + pick;
  try { sessionStorage.setItem("cdCase", window.cdCase); } catch (e) {}
  for (i = 0; i < all.length; i++) all[i].hidden = all[i].getAttribute("data-case") !== pick;
}
