// Runs before the first paint so that nobody sees the wrong theme, direction or density flash by.
(function () {
  var root = document.documentElement;
  var saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('manydesk.preferences') || '{}');
  } catch (error) {
    saved = {};
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  var theme = saved.theme === 'light' || saved.theme === 'dark' ? saved.theme : null;
  root.dataset.theme = theme || (dark ? 'dark' : 'light');
  root.dataset.density = saved.density === 'compact' ? 'compact' : 'comfortable';
  if (saved.language === 'ar') {
    root.lang = 'ar';
    root.dir = 'rtl';
  }
})();
