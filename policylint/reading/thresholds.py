"""Where reading ends: a document that stays below these is an error, never a clean report. See docs/formats.md."""

from __future__ import annotations

LARGEST = 100_000_000
"""Bytes of a document."""

REPLACED_MAXIMUM = 0.3
"""Share of the characters that could not be decoded, or that the fonts of a PDF do not name."""

PICTURE_PAGES_MAXIMUM = 0.5
"""Share of the pages of a PDF that show pictures instead of text."""

PICTURE_PAGE = 0.25
"""Share of a page of PDF that a picture must cover to be one that may hold its text."""

PICTURE_PAGE_CAPTION = 40
"""Characters beside such a picture below which the page counts as one without text."""

PAGE_SIZED = 10.0
"""Centimetres in both directions from which a picture in Word, OpenDocument or RTF may hold a page's text."""

LARGE_CAPTION = 300
"""Characters for every such picture below which they are captions and no policy."""

CAPTION = 100
"""Characters beside any picture, on a web page too, below which they are captions and no policy."""

SMALL_PICTURE = 150
"""Pixels in a direction below which a picture of a web page holds no text to read."""
