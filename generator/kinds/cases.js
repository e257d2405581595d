function coursedeckDraw(id, day, count) {
  // Rounds of as many days as there are cases, each holding all of them, and each begun elsewhere, so that intervals of whole
  // rounds bring other cases too. Odd rounds give way, so that no case comes on two days in a row.
  var h = 2166136261, order = [], i, j, kept;
  function mixed(n) {
    n = Math.imul(h ^ n, 2246822507); n = Math.imul(n ^ (n >>> 13), 3266489909);
    return (n ^ (n >>> 16)) >>> 0;
  }
  for (i = 0; i < id.length; i++) h = Math.imul(h ^ id.charCodeAt(i), 16777619);
  for (i = 0; i < count; i++) order.push(i);
  for (i = count - 1; i > 0; i--) { j = mixed(-i) % (i + 1); kept = order[i]; order[i] = order[j]; order[j] = kept; }
  day += mixed(0) % count;
  i = Math.floor(day / count); j = mixed(i) % count;
  if (i % 2 && count > 2) while ((j + 1) % count === mixed(i - 1) % count || j === (mixed(i + 1) + 1) % count) j = (j + 1) % count;
  return order[(day + j) % count];
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
