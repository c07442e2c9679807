"""The engine: releases in one language become pages in all of an organisation's languages."""
