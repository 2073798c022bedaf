"""Firefox's and WebKit's engines, driven by what they themselves speak.

Firefox speaks WebDriver BiDi through a websocket, WebKit's driver the older WebDriver by HTTP. Both
click and type with events that the browser itself makes. What they keep from a frame is left as
they ship it, unless a test wants it blocked. Run as a command, the package installs both.
"""
