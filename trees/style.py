"""How drawn trees look: one style sheet for all of them, in the colours of the page around them.

Colours and faces come from the custom properties of the page (``--st-text-color`` and its kin), with those of a museum label
where there are none. Every rule stands below ``.bonebed-tree``, so that it touches nothing else on the page.
"""

STYLE = """
.bonebed-tree{--ink:var(--st-text-color,#2b2620);--paper:var(--st-background-color,#fffdf8);
--accent:var(--st-primary-color,#9a4a1c);--hair:var(--st-border-color,#d8d0c2);
color:var(--ink);font-family:var(--st-font,'Noto Sans','Noto Sans CJK SC','Microsoft YaHei',sans-serif)}
.bonebed-tree{fill:var(--ink)}
.bonebed-tree text{pointer-events:none}
.bonebed-tree .band{opacity:.15}
.bonebed-tree .epoch-line{fill:none;stroke:var(--ink);stroke-width:.5;opacity:.13}
.bonebed-tree .unit{stroke:var(--paper);stroke-width:1}
.bonebed-tree .on-pale{fill:#000}
.bonebed-tree .on-deep{fill:#fff}
.bonebed-tree .tick{fill:none;stroke:var(--ink);opacity:.5}
.bonebed-tree .number{font-size:12px;font-variant-numeric:tabular-nums;opacity:.8}
.bonebed-tree .tip,.bonebed-tree .clade{cursor:pointer;outline:none}
.bonebed-tree .hit{fill:transparent;stroke:transparent;pointer-events:all}
.bonebed-tree .clade .hit.line{fill:none;stroke-width:12;pointer-events:stroke}
.bonebed-tree .branch{fill:none;stroke:var(--ink);stroke-width:1.1;opacity:.62}
.bonebed-tree .ghost{fill:none;stroke:var(--ink);stroke-width:1.1;stroke-dasharray:3 3;opacity:.62}
.bonebed-tree .knot{fill:var(--paper);stroke:var(--ink);stroke-width:1.1}
.bonebed-tree .living-mark{stroke:var(--paper);stroke-width:1.2}
.bonebed-tree .label{font-family:var(--st-heading-font,Georgia,'Noto Serif','Noto Serif CJK SC',SimSun,serif)}
.bonebed-tree .tip .name{font-style:italic}
.bonebed-tree .dagger{font-style:normal;opacity:.65}
.bonebed-tree .second{font-style:normal;opacity:.72}
.bonebed-tree .count{font-style:normal;fill:var(--accent);font-family:var(--st-font,sans-serif)}
.bonebed-tree text.clade-name{pointer-events:all}
.bonebed-tree .clade-name{font-size:10.5px;font-family:var(--st-heading-font,Georgia,'Noto Serif','Noto Serif CJK SC',SimSun,serif);
opacity:.85;letter-spacing:.02em}
.bonebed-tree .fan{stroke-width:1}
.bonebed-tree .lineage{fill:none;stroke:var(--accent);stroke-width:2.6;stroke-linejoin:round;pointer-events:none}
.bonebed-tree .thread{fill:none;stroke:var(--accent);stroke-width:1.8;stroke-linejoin:round;opacity:.9;pointer-events:none}
.bonebed-tree .extinction{fill:none;stroke:var(--ink);stroke-width:1;stroke-dasharray:1 3;opacity:.7}
.bonebed-tree .note{opacity:.8}
.bonebed-tree .novelty{cursor:pointer}
.bonebed-tree .novelty path{fill:var(--accent);stroke:var(--paper);stroke-width:1.2}
.bonebed-tree .novelty .stem{fill:none;stroke:var(--accent);stroke-width:1.4}
.bonebed-tree .novelty text{fill:var(--accent);font-size:9px;font-weight:700;text-anchor:middle}
.bonebed-tree .novelty:hover path{stroke:var(--accent);stroke-width:3}
.bonebed-tree .chosen-area{fill:var(--accent);opacity:.1}
.bonebed-tree .selected .label,.bonebed-tree .selected .clade-name{font-weight:700;fill:var(--accent);opacity:1}
.bonebed-tree .on-path .clade-name{fill:var(--accent);opacity:1}
.bonebed-tree .on-path .knot{fill:var(--accent);stroke:var(--accent)}
.bonebed-tree .tip:hover rect.hit,.bonebed-tree .clade:hover rect.hit{fill:var(--accent);fill-opacity:.1}
.bonebed-tree .clade:hover .branch,.bonebed-tree .clade:focus-visible .branch{stroke:var(--accent);opacity:1;stroke-width:2}
.bonebed-tree .clade:hover .clade-name,.bonebed-tree .clade:focus-visible .clade-name,
.bonebed-tree a:focus-visible .clade-name{fill:var(--accent);opacity:1;text-decoration:underline}
.bonebed-tree .clade:hover .knot,.bonebed-tree .clade:focus-visible .knot{fill:var(--accent);stroke:var(--accent)}
.bonebed-tree a:focus-visible rect.hit,.bonebed-tree .tip:focus-visible rect.hit,
.bonebed-tree .clade:focus-visible rect.hit{stroke:var(--accent);stroke-width:2}
.bonebed-tree a:focus-visible .knot,.bonebed-tree .clade:focus-visible .knot{fill:var(--accent);stroke:var(--accent);stroke-width:4}
.bonebed-tree .spot{fill:transparent;pointer-events:all}
.bonebed-tree .joint,.bonebed-tree .fan{cursor:pointer}
.bonebed-tree .joint:hover .knot{fill:var(--accent);stroke:var(--accent);stroke-width:3}
.bonebed-tree .spread{fill:var(--accent);opacity:.38;pointer-events:none}
.bonebed-tree .animal{pointer-events:none;opacity:.85}
.bonebed-tree .leader{fill:none;stroke:var(--ink);stroke-width:.7;stroke-dasharray:1 3;opacity:.45}
.bonebed-tree .ring{stroke:var(--ink);stroke-width:.5;stroke-opacity:.16}
.bonebed-tree .ring-name{font-size:11px;opacity:.85}
.bonebed-tree .legend text{font-size:12px;opacity:.8}
@media (prefers-reduced-motion:no-preference){.bonebed-tree .branch,.bonebed-tree rect.hit{transition:stroke .15s,fill .15s}}
"""
