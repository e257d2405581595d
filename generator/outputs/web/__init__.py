"""Pages for a browser: the course to read and to try oneself, and the page that takes an update."""
