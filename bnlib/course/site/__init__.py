"""The course as a static site, and everywhere else where nothing has to be installed."""
