/* Browsers that know no modules, and so not the hashes by which guard.js is allowed in the page either. */
location.replace('/gammel.html');
