function coursedeckDraw(id, day, count) {
  var h = 2166136261, order = [], i, j, kept;
  for (i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 16777619);
  for (i = 0; i < count; i++) order.push(i);
  for (i = count - 1; i > 0; i--) {
    h = Math.imul(h ^ (h >>> 15), 2246822507); h ^= h >>> 13;
    j = (h >>> 0) % (i + 1); kept = order[i]; order[i] = order[j]; order[j] = kept;
  }
  day += (h >>> 8) % (count * count);
  return order[(day + Math.floor(day / count) + (count - 1) * Math.floor(day / count / count)) % count];
}
function coursedeckCase(back) {
  var all = document.querySelectorAll("[data-case]"), id = document.getElementById("cd-id").textContent, have = [], pick, kept, i, k;
  for (i = 0; i < all.length; i++) { k = all[i].getAttribute("data-case"); if (have.indexOf(k) < 0) have.push(k); }
  try { kept = sessionStorage.getItem("cdCase"); } catch (e) {}
  kept = String(window.cdCase || kept).split("|");
  if (back && kept[0] === id && have.indexOf(kept[1]) >= 0) pick = kept[1];
  else {
    var now = new Date();
    pick = have[coursedeckDraw(id, Math.floor((now.getTime() - now.getTimezoneOffset() * 6e4 - 144e5) / 864e5), have.length)];
  }
  window.cdCase = id + "|" + pick;
  try { sessionStorage.setItem("cdCase", window.cdCase); } catch (e) {}
  for (i = 0; i < all.length; i++) all[i].hidden = all[i].getAttribute("data-case") !== pick;
}
